import { ApiObject } from 'cdk8s';
import { DataPlane, MeshNamespace, MeshPort, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { passedBy } from '../../../lib/rules/beside/passed-by';
import { findingCodes, newChart, service } from '../../builders';

const AMBIENT = { dataPlane: DataPlane.ambient() };
const LEGACY = 'cluster.local/ns/legacy/sa/legacy';

/** A cart that an ambient service calls, and a sidecar where that is wanted, beneath somebody's policy. */
function codesOf(
  policy: Partial<{ kind: string; apiVersion: string; spec: object }>,
  callers: { sidecar?: boolean; identity?: boolean } = {},
) {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', AMBIENT);
  const [cart, web] = [service(shop, 'cart'), service(shop, 'web')];
  web.calls(cart);
  if (callers.sidecar) service(new MeshNamespace(chart, 'legacy', { dataPlane: DataPlane.sidecar() }), 'legacy').calls(cart);
  if (callers.identity) cart.access.allow(ServiceIdentity.of('billing', 'invoices', AMBIENT));
  add(shop, policy);
  return findingCodes(chart).filter((code) => code === passedBy.code);
}

function add(
  shop: ZeroTrustNamespace | MeshNamespace,
  { kind = 'AuthorizationPolicy', apiVersion = 'security.istio.io/v1', spec = {} },
): void {
  const targetRefs = [{ group: '', kind: 'Service', name: 'cart' }];
  new ApiObject(shop, 'raw', { apiVersion, kind, metadata: { name: 'raw' }, spec: { targetRefs, ...spec } } as never);
}

const denying = (source?: object) => ({
  spec: { action: 'DENY', rules: [{ ...(source && { from: [{ source }] }), to: [{ operation: { ports: ['8080'] } }] }] },
});

describe(passedBy.title, () => {
  it.each([
    [denying()],
    [denying({ principals: [LEGACY] })],
    [denying({ namespaces: ['legacy'] })],
    [denying({ serviceAccounts: ['legacy/legacy'] })],
    [denying({ notRequestPrincipals: ['*'] })],
    [{ kind: 'RequestAuthentication' }],
    [{ kind: 'WasmPlugin', apiVersion: 'extensions.istio.io/v1alpha1', spec: { url: 'oci://example.com/a' } }],
  ])('fails where a caller with a sidecar is meant by %j', (policy) => {
    expect(codesOf(policy, { sidecar: true })).toEqual(['MESH219']);
    expect(codesOf(policy)).toEqual([]);
  });

  it.each([
    [denying({ principals: ['cluster.local/ns/shop/sa/web'] })],
    [denying({ namespaces: ['shop'] })],
    [{ kind: 'Telemetry', apiVersion: 'telemetry.istio.io/v1' }],
  ])('is silent where that caller is not meant by %j', (policy) => {
    expect(codesOf(policy, { sidecar: true })).toEqual([]);
  });

  it('is silent about callers in ambient mode, which pass the waypoint', () => {
    expect(codesOf(denying(), { identity: true })).toEqual([]);
  });

  it('asks of callers past the waypoint what ports they may call', () => {
    const codes = (port: number, policy: Parameters<typeof add>[1]) => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', AMBIENT);
      const cart = service(shop, 'cart', { ports: [MeshPort.http(8080), MeshPort.http(9090, { suffix: 'metrics' })] });
      cart.access.allow(ServiceIdentity.of('monitoring', 'prometheus', AMBIENT), { port, toPods: true });
      add(shop, policy);
      return findingCodes(chart).filter((code) => code === passedBy.code);
    };
    expect(codes(9090, denying())).toEqual([]);
    expect(codes(8080, denying())).toEqual(['MESH219']);
    expect(codes(9090, { spec: { action: 'DENY', rules: [{}] } })).toEqual(['MESH219']);
    expect(codes(9090, { kind: 'RequestAuthentication' })).toEqual([]);
  });

  it('fails where anybody may dial the pods, until something is allowed there', () => {
    const codes = (closes: boolean) => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', AMBIENT);
      const [cart, web] = [service(shop, 'cart'), service(shop, 'web')];
      add(shop, denying());
      if (closes) web.calls(cart);
      return findingCodes(chart).filter((code) => code === passedBy.code);
    };
    expect(codes(false)).toEqual(['MESH219']);
    expect(codes(true)).toEqual([]);
  });

  it('is silent where a policy of somebody admits the waypoint alone', () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', AMBIENT);
    service(shop, 'cart');
    add(shop, denying());
    const rules = [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/waypoint'] } }] }];
    new ApiObject(shop, 'pods', {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'pods' },
      spec: { selector: { matchLabels: { app: 'cart' } }, rules },
    } as never);
    expect(findingCodes(chart)).toEqual([]);
  });
});
