import { foreignHost } from '../../../lib/rules/routing/foreign-host';
import { findings, made, raw } from '../model-builder';

const manifest = (spec: string, namespaceName = 'web') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: ${namespaceName} }
spec: { hosts: [cart.shop.svc.cluster.local], ${spec} }
`;

const find = (spec: string, namespaceName?: string) => findings(foreignHost, { objects: raw(manifest(spec, namespaceName)) });

describe(foreignHost.title, () => {
  it.each([
    ['of its own namespace', '', 'shop'],
    ['that its own namespace alone sees', 'exportTo: [.]', 'web'],
    ['that its own namespace alone sees, by name', 'exportTo: [web]', 'web'],
    ['that nobody sees', 'exportTo: ["~"]', 'web'],
    ['at a gateway', 'gateways: [edge/gateway]', 'web'],
    ['of the whole mesh', '', 'istio-system'],
  ])('takes one %s', (_, spec, namespaceName) => {
    expect(find(spec, namespaceName)).toEqual([]);
  });

  it('takes hosts that are no Services', () => {
    const outside = manifest('').replace('cart.shop.svc.cluster.local', 'api.example.com, "*.example.com"');
    expect(findings(foreignHost, { objects: raw(outside) })).toEqual([]);
  });

  it('takes our own', () => {
    expect(findings(foreignHost, { objects: made(manifest('')) })).toEqual([]);
  });

  it.each(['', 'gateways: [mesh, edge/gateway]', 'exportTo: ["*"]', 'exportTo: [., shop]'])(
    'tells of one that others follow: %s',
    (spec) => {
      expect(find(spec)).toMatchObject([
        { on: { path: 'raw/virtualservice/cart' }, got: 'VirtualService in web, host in shop', fix: expect.stringContaining('exportTo') },
      ]);
    },
  );
});
