import { lostWaypoint } from '../../../lib/rules/enrolment/lost-waypoint';
import { findings, made, namespace, raw } from '../model-builder';

const waypoint = (parts: { readonly labels?: string; readonly from?: string; readonly className?: string } = {}) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { ${parts.labels ?? ''} } }
spec:
  gatewayClassName: ${parts.className ?? 'istio-waypoint'}
  listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { namespaces: { from: ${parts.from ?? 'Same'} } } }]
`;

const service = (labels: string, namespaceName = 'shop') => `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: ${namespaceName}, labels: { ${labels} } }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;

const space = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }
`;

const pods = (labels: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart, ${labels} } } } }
`;

const USE = 'istio.io/use-waypoint: waypoint';
const ELSEWHERE = `${USE}, istio.io/use-waypoint-namespace: shop`;

const find = (...manifests: string[]) =>
  findings(lostWaypoint, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'ambient')] });

describe(lostWaypoint.title, () => {
  it.each([
    ['a Service and its waypoint', [service(USE), waypoint()]],
    ['a Namespace and its waypoint', [space(USE), waypoint()]],
    ['pods and a waypoint for all', [pods(USE), waypoint({ labels: 'istio.io/waypoint-for: all' })]],
    ['none at all', [service('istio.io/use-waypoint: none')]],
    ['a waypoint of another namespace that takes all', [service(ELSEWHERE, 'web'), waypoint({ from: 'All' })]],
    ['a waypoint of somebody else', [service(`${USE}, istio.io/use-waypoint-namespace: infra`)]],
    ['a waypoint of a class that others look after', [service(USE), waypoint({ className: 'istio-remote' })]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['that is not there', [service(USE)], 'has no such Gateway'],
    ['of a Namespace that is not there', [space(USE)], 'has no such Gateway'],
    ['with its namespace in the name', [service('istio.io/use-waypoint: infra/waypoint'), waypoint()], 'which is no name'],
    ['at the edge', [service(USE), waypoint({ className: 'istio' })], 'which is a gateway at the edge'],
    ['for Services, of pods', [pods(USE), waypoint()], 'which is for service alone'],
    ['for pods, of a Service', [service(USE), waypoint({ labels: 'istio.io/waypoint-for: workload' })], 'which is for workload alone'],
    ['of another namespace that does not take it', [service(ELSEWHERE, 'web'), waypoint()], 'takes nothing of namespace web'],
  ])('fails a waypoint %s', (_, manifests, why) => {
    expect(find(...manifests)).toMatchObject([{ message: expect.stringContaining(why), got: expect.stringContaining('use-waypoint') }]);
  });

  it('leaves labels that constructs write to MESH102 and MESH103', () => {
    expect(findings(lostWaypoint, { objects: made(service(USE)), namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });
});
