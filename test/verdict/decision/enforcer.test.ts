import { authorizationIndex } from '../../../lib/cluster/policies/authorization-policies';
import { tryService } from '../../../lib/cluster/services/services';
import { tryGateway } from '../../../lib/cluster/workloads/gateways';
import { tryWorkload } from '../../../lib/cluster/workloads/workloads';
import { attachedTo } from '../../../lib/verdict/decision/enforcer';
import { AMBIENT, CART, GATEWAY, cluster, namespace, policy, waypoint } from '../fixtures';

const target = (kind: string, group: string, name: string) => `targetRefs: [{kind: ${kind}, group: "${group}", name: ${name}}]`;
const API = 'gateway.networking.k8s.io';

describe('the policies of an enforcer', () => {
  const mesh = cluster(
    namespace('shop', AMBIENT),
    CART,
    waypoint('service'),
    GATEWAY,
    policy('labels', 'selector: {matchLabels: {app: cart}}'),
    policy('root', '', 'istio-system'),
    policy('service', target('Service', '', 'cart')),
    policy('waypoint', target('Gateway', API, 'waypoint')),
    policy('class', target('GatewayClass', API, 'istio-waypoint'), 'istio-system'),
    policy('class-elsewhere', target('GatewayClass', API, 'istio-waypoint')),
    policy('a-door', target('Gateway', API, 'gateway'), 'edge'),
    policy('z-door', '', 'edge'),
  );
  const service = tryService(mesh, 'Service', 'shop/cart')!;
  const names = (enforcer: Parameters<typeof attachedTo>[2]) =>
    attachedTo(mesh, authorizationIndex(mesh), enforcer).map(({ object }) => object.name);

  it('go by labels at a pod', () => {
    expect(names({ pod: tryWorkload(mesh, 'shop/cart-v1')! })).toEqual(['root', 'labels']);
  });

  it('go by targets at a waypoint: the service that was called, the Gateway, the class in the root namespace', () => {
    const pod = tryGateway(mesh, 'shop/waypoint')!;
    expect(names({ pod, service })).toEqual(['class', 'service', 'waypoint']);
    expect(names({ pod })).toEqual(['class', 'waypoint']);
  });

  it('go by either at the edge', () => {
    expect(names({ pod: tryGateway(mesh, 'edge/gateway')! })).toEqual(['a-door', 'z-door', 'root']);
  });
});
