import { halfAttached } from '../../../lib/rules/waypoints/half-attached';
import { findings, namespace, raw } from '../model-builder';

const gateway = (name: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
const space = (weight = '10') => `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { istio.io/use-waypoint: waypoint, istio.io/use-waypoint-canary: next }
  annotations: { istio.io/use-waypoint-canary-weight: "${weight}" }
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;
const policy = (name: string, refs: string, kind = 'AuthorizationPolicy', group = 'security') => `
apiVersion: ${group}.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec: { targetRefs: [${refs}] }
`;
const to = (name: string) => `{ group: gateway.networking.k8s.io, kind: Gateway, name: ${name} }`;
const BOTH = [space(), SERVICE, gateway('waypoint'), gateway('next')];
const find = (...manifests: string[]) =>
  findings(halfAttached, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'ambient')] });

describe(halfAttached.title, () => {
  it.each([
    ['one for both', [...BOTH, policy('a', `${to('waypoint')}, ${to('next')}`)]],
    ['one for each', [...BOTH, policy('a', to('waypoint')), policy('b', to('next'))]],
    ['one for a Service', [...BOTH, policy('a', '{ kind: Service, group: "", name: cart }')]],
    ['one for a waypoint that stands alone', [SERVICE, gateway('waypoint'), policy('a', to('waypoint'))]],
    ['one for another Gateway', [...BOTH, gateway('third'), policy('a', to('third'))]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['the first', policy('a', to('waypoint')), 'shop/next'],
    ['the second', policy('a', to('next')), 'shop/waypoint'],
  ])('warns of one for %s', (_, manifest, other) => {
    const [found] = find(...BOTH, manifest);
    expect(found).toMatchObject({ message: expect.stringContaining('there nothing of it holds'), fix: expect.stringContaining(other) });
  });

  it('takes no policy of another kind for the same', () => {
    expect(find(...BOTH, policy('a', to('waypoint'), 'Telemetry', 'telemetry'), policy('b', to('next')))).toHaveLength(2);
  });
});
