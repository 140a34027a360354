import { unreadByZtunnel } from '../../../lib/rules/beside/unread-by-ztunnel';
import { findings, namespace, raw } from '../model-builder';

const CART = 'selector: { matchLabels: { app: cart } }';
const EDGE =
  '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: istio } }';
const WAYPOINT = EDGE.replace('edge', 'waypoint').replace(': istio }', ': istio-waypoint }');
const PODS = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop },
  spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app }] } } } }`;
const NAMESPACE = '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } } }';

const VERSIONS: Readonly<Record<string, string>> = {
  RequestAuthentication: 'security.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
};

function find(kind: string, spec: string, { beside = [PODS, NAMESPACE], plane = 'ambient' as 'ambient' | 'sidecar', place = 'shop' } = {}) {
  const object = `{ apiVersion: ${VERSIONS[kind]}, kind: ${kind}, metadata: { name: raw, namespace: ${place} }, spec: { ${spec} } }`;
  return findings(unreadByZtunnel, { objects: raw([object, ...beside].join('\n---\n')), namespaces: [namespace('shop', plane)] });
}

describe(unreadByZtunnel.title, () => {
  it.each([
    ['RequestAuthentication', CART, 'no token is checked'],
    ['RequestAuthentication', '', 'no token is checked'],
    ['WasmPlugin', CART, 'it never runs'],
    ['TrafficExtension', CART, 'it never runs'],
    ['EnvoyFilter', 'workloadSelector: { labels: { app: cart } }', 'nothing is patched'],
  ])('fails %s with "%s"', (kind, spec, harm) => {
    expect(find(kind, spec)).toMatchObject([{ on: { path: `raw/${kind.toLowerCase()}/raw` }, message: expect.stringContaining(harm) }]);
  });

  it('takes all of it for pods with sidecars', () => {
    const beside = [PODS, NAMESPACE.replace('istio.io/dataplane-mode: ambient', 'istio-injection: enabled')];
    expect(Object.keys(VERSIONS).flatMap((kind) => find(kind, CART, { beside, plane: 'sidecar' }))).toEqual([]);
  });

  it('takes what has targetRefs', () => {
    expect(find('RequestAuthentication', 'targetRefs: [{ kind: Service, name: cart }]')).toEqual([]);
  });

  it('takes what the gateway of the namespace reads, and fails what only a waypoint would', () => {
    const pods = (name: string) => `workloadSelector: { labels: { gateway.networking.k8s.io/gateway-name: ${name} } }`;
    expect(find('EnvoyFilter', pods('edge'), { beside: [PODS, NAMESPACE, EDGE] })).toEqual([]);
    expect(find('RequestAuthentication', '', { beside: [PODS, NAMESPACE, EDGE] })).toEqual([]);
    expect(find('EnvoyFilter', pods('waypoint'), { beside: [PODS, NAMESPACE, WAYPOINT] })).toHaveLength(1);
  });

  it('is silent where the pods, or a gateway among them, may be somebody else’s', () => {
    expect(find('RequestAuthentication', CART, { beside: [NAMESPACE] })).toEqual([]);
    expect(find('RequestAuthentication', '', { beside: [PODS] })).toEqual([]);
    expect(find('EnvoyFilter', '', { place: 'istio-system' })).toEqual([]);
  });
});
