import { admits, gatewayHosts, gatewaysOf, tryGateway } from '../../../lib/cluster/workloads/gateways';
import { clusterFrom } from '../../manifests';

const gateway = (name: string, className: string, metadata = '', spec = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: shop${metadata}}
spec: {gatewayClassName: ${className}${spec}}`;
const gatewayClass = (name: string, controller: string) =>
  `{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: ${name}}, spec: {controllerName: ${controller}}}`;
const only = (...pieces: string[]) => gatewaysOf(clusterFrom(...pieces))[0];

describe('a Gateway', () => {
  it('has the account, the Service and the pods that istiod makes for it', () => {
    expect(only(gateway('edge', 'istio'))).toMatchObject({
      key: 'shop/edge',
      proxy: { name: 'gateway' },
      principal: 'cluster.local/ns/shop/sa/edge-istio',
      host: 'edge-istio.shop.svc.cluster.local',
      labels: { 'gateway.networking.k8s.io/gateway-name': 'edge', 'gateway.networking.k8s.io/gateway-class-name': 'istio' },
      waypointFor: undefined,
    });
  });

  it('is a waypoint by its class, under its own name', () => {
    expect(only(gateway('waypoint', 'istio-waypoint', ', labels: {istio.io/waypoint-for: all}'))).toMatchObject({
      proxy: { name: 'waypoint' },
      principal: 'cluster.local/ns/shop/sa/waypoint',
      host: 'waypoint.shop.svc.cluster.local',
      waypointFor: 'all',
    });
    expect(only(gateway('waypoint', 'istio-waypoint')).waypointFor).toBe('service');
  });

  it('may name its account and its Service, and ask for labels', () => {
    const named = ', annotations: {gateway.istio.io/service-account: door, gateway.istio.io/name-override: front}, labels: {team: a}';
    expect(only(gateway('edge', 'istio', named, ', infrastructure: {labels: {team: b}}'))).toMatchObject({
      serviceAccountName: 'door',
      host: 'front.shop.svc.cluster.local',
      labels: { team: 'b' },
    });
    expect(only(gateway('edge', 'istio', named)).labels).toMatchObject({ team: 'a' });
  });

  it('believes as many proxies before it as its pods are told, in JSON or YAML', () => {
    const trusted = (metadata: string, spec = '') => only(gateway('edge', 'istio', metadata, spec)).trustedProxies;
    const config = (text: string) => `annotations: {proxy.istio.io/config: '${text}'}`;
    expect(trusted('')).toBe(0);
    expect(trusted('', `, infrastructure: {${config('{"gatewayTopology":{"numTrustedProxies":2}}')}}`)).toBe(2);
    expect(trusted(`, ${config('gatewayTopology: {numTrustedProxies: 1}')}`)).toBe(1);
    // Annotations that infrastructure names take the place of the Gateway's own.
    expect(trusted(`, ${config('gatewayTopology: {numTrustedProxies: 1}')}`, ', infrastructure: {annotations: {team: a}}')).toBe(0);
  });

  it('is what its GatewayClass says, and nothing of Istio where that names somebody else', () => {
    const mine = gatewayClass('mine', 'istio.io/mesh-controller');
    expect(only(mine, gateway('edge', 'mine'))).toMatchObject({ proxy: { name: 'waypoint' }, host: 'edge.shop.svc.cluster.local' });
    expect(only(gatewayClass('nginx', 'nginx.org/controller'), gateway('edge', 'nginx'))).toBeUndefined();
    expect(only(gateway('edge', 'istio-remote'))).toBeUndefined();
    expect(only(gateway('edge', 'unheard-of')).proxy.name).toBe('gateway');
  });

  it('is found by its key and by the host of its Service', () => {
    const cluster = clusterFrom(gateway('edge', 'istio'));
    expect(tryGateway(cluster, 'shop/edge')?.className).toBe('istio');
    expect(gatewayHosts(cluster).get('edge-istio.shop.svc.cluster.local')?.key).toBe('shop/edge');
    expect(tryGateway(cluster, 'shop/none')).toBeUndefined();
  });

  it.each([
    ['', ['shop']],
    ['allowedRoutes: {namespaces: {from: All}}', ['shop', 'bank']],
    ['allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}', ['bank']],
  ])('admits routes from namespaces as its listener says: %s', (allowed, expected) => {
    const one = only(gateway('edge', 'istio', '', `, listeners: [{name: http, port: 80, protocol: HTTP, ${allowed}}]`));
    const labels = { shop: {}, bank: { team: 'a' } };
    expect(Object.entries(labels).flatMap(([name, own]) => (admits(one, one.listeners[0], name, own) ? [name] : []))).toEqual(expected);
  });
});
