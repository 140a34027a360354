import { sidecarToPods } from '../../../lib/rules/identity/sidecar-to-pods';
import { call, findings, identity, namespaceState, raw, service, TCP } from '../model-builder';

const [web, cart] = [service('web'), service('cart', { ports: [TCP] })];
const calls = [call(web, cart, { toPods: true })];

const namespace = (labels: string) => `
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {${labels}}}`;
const pods = (name: string, annotations = '') => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {template: {metadata: {labels: {app: ${name}}, annotations: {${annotations}}}, spec: {serviceAccountName: ${name}, containers: [{name: main}]}}}`;
const headless = (port: string) => `
---
apiVersion: v1
kind: Service
metadata: {name: peers, namespace: shop}
spec: {clusterIP: None, selector: {app: cart}, ports: [{${port}}]}`;

const SIDECARS = namespace('istio-injection: enabled');
const found = (yaml: string, parts: Parameters<typeof findings>[1] = {}) =>
  findings(sidecarToPods, { calls, objects: raw(yaml), ...parts });

describe('MESH221', () => {
  it('takes callers that use Services', () => {
    expect(found(SIDECARS + pods('web') + pods('cart'), { calls: [call(web, cart)] })).toEqual([]);
  });

  it('takes callers in ambient mode, and such as nobody here knows the pods of', () => {
    expect(found(namespace('istio.io/dataplane-mode: ambient') + pods('web') + pods('cart'))).toEqual([]);
    const elsewhere = { ...identity('monitoring', 'prometheus'), namespace: namespaceState('monitoring', 'sidecar') };
    expect(found(SIDECARS + pods('cart'), { calls: [call(elsewhere, cart, { toPods: true })] })).toEqual([]);
  });

  it('takes a caller whose annotations keep its traffic from the sidecar', () => {
    expect(found(SIDECARS + pods('web', `traffic.sidecar.istio.io/includeOutboundIPRanges: ''`) + pods('cart'))).toEqual([]);
  });

  it('takes bytes to a port that a headless Service tells of', () => {
    expect(found(SIDECARS + pods('web') + pods('cart') + headless('name: tcp, port: 5432'))).toEqual([]);
  });

  it('fails where such pods are in ambient mode, for a sidecar does not know of their tunnels', () => {
    const ambient = service('cart', { ports: [TCP], namespace: namespaceState('data', 'ambient') });
    const parts = { calls: [call(web, ambient, { toPods: true })] };
    expect(found(SIDECARS + pods('web') + pods('cart') + headless('name: tcp, port: 5432'), parts)).toMatchObject([
      { fix: 'leave toPods out, and let the caller use the Service' },
    ]);
  });

  it('fails for an identity that is said to have a sidecar, at pods in ambient mode, which take tunnels alone', () => {
    const elsewhere = { ...identity('monitoring', 'prometheus'), namespace: namespaceState('monitoring', 'sidecar') };
    const ambient = service('cart', { ports: [TCP], namespace: namespaceState('data', 'ambient') });
    expect(found('', { calls: [call(elsewhere, ambient, { toPods: true })] })).toHaveLength(1);
  });

  it('fails for a caller with a sidecar, at its call', () => {
    expect(found(SIDECARS + pods('web') + pods('cart'))).toMatchObject([
      { on: { path: web.path }, got: 'toPods to port 5432 (tcp)', message: expect.stringContaining('shop/web has a sidecar') as string },
    ]);
  });

  it.each(['name: http, port: 5432', 'name: tcp, port: 80, targetPort: 5432', 'name: tcp, port: 7000'])(
    'fails where the headless Service tells of no such port: %s',
    (port) => {
      expect(found(SIDECARS + pods('web') + pods('cart') + headless(port))).toHaveLength(1);
    },
  );
});
