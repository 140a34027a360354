import { twoOwners } from '../../../lib/rules/traffic/two-owners';
import { findings, made, raw } from '../model-builder';

const virtualService = (name: string, spec: string, namespaceName = 'shop') =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name}, namespace: ${namespaceName} }, spec: { ${spec} } }`;

const destinationRule = (name: string, spec: string, namespaceName = 'shop') =>
  `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: ${name}, namespace: ${namespaceName} }, spec: { ${spec} } }`;

const find = (...documents: string[]) => findings(twoOwners, { objects: documents.flatMap((text) => raw(text)) });

describe(`${twoOwners.title}: VirtualServices`, () => {
  it('takes one owner for each host', () => {
    expect(find(virtualService('a', 'hosts: [cart]'), virtualService('b', 'hosts: [product]'))).toEqual([]);
    expect(find(virtualService('a', 'hosts: [cart]'), virtualService('b', 'hosts: [cart]', 'payments'))).toEqual([]);
  });

  it('fails two, however they write the host', () => {
    expect(
      find(virtualService('a', 'hosts: [cart]'), virtualService('b', 'hosts: [cart.shop.svc.cluster.local]', 'payments')),
    ).toMatchObject([{ on: { path: 'raw/virtualservice/b' }, message: expect.stringContaining('cart.shop.svc.cluster.local') }]);
  });

  it('fails the raw one beside ours', () => {
    const objects = [...raw(virtualService('a', 'hosts: [cart]')), ...made(virtualService('cart', 'hosts: [cart]'))];
    expect(findings(twoOwners, { objects })).toMatchObject([
      { on: { path: 'raw/virtualservice/a' }, fix: expect.stringContaining('remove this one') },
    ]);
  });

  it('looks at routes of the mesh only', () => {
    expect(find(virtualService('a', 'hosts: [cart]'), virtualService('b', 'hosts: [cart], gateways: [edge/gateway]'))).toEqual([]);
    expect(find(virtualService('a', 'hosts: [cart]'), virtualService('b', 'hosts: [cart], gateways: [mesh, edge/gateway]'))).toHaveLength(
      1,
    );
  });

  it('takes two that different namespaces see, and fails where one sees both', () => {
    const host = 'hosts: [cart.shop.svc.cluster.local]';
    const mine = virtualService('a', `${host}, exportTo: ["."]`, 'web');
    expect(find(mine, virtualService('b', `${host}, exportTo: ["."]`, 'payments'))).toEqual([]);
    expect(find(mine, virtualService('b', `${host}, exportTo: [web]`, 'payments'))).toHaveLength(1);
    expect(find(mine, virtualService('b', host))).toHaveLength(1);
  });
});

describe(`${twoOwners.title}: DestinationRules`, () => {
  it('takes rules of other namespaces, and rules for some clients', () => {
    const host = 'host: cart.shop.svc.cluster.local';
    expect(find(destinationRule('a', host), destinationRule('b', host, 'payments'))).toEqual([]);
    expect(find(destinationRule('a', host), destinationRule('b', `${host}, workloadSelector: { matchLabels: { app: web } }`))).toEqual([]);
  });

  it('fails two in one namespace', () => {
    const policy = 'trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }';
    expect(
      find(destinationRule('a', `host: cart, ${policy}`), destinationRule('b', `host: cart.shop.svc.cluster.local, ${policy}`)),
    ).toMatchObject([{ on: { path: 'raw/destinationrule/b' } }]);
  });

  it('takes two that Istio merges: subsets of both, and the traffic policy of one', () => {
    const subsets = (name: string) => `host: cart, subsets: [{ name: ${name} }]`;
    expect(find(destinationRule('a', subsets('v1')), destinationRule('b', `${subsets('v2')}, trafficPolicy: { tls: {} }`))).toEqual([]);
  });

  it.each(['subsets: [{ name: v1 }]', 'subsets: [{ name: v2 }], exportTo: ["."]'])(
    'fails a second one with %s, which is left out',
    (spec) => {
      expect(find(destinationRule('a', 'host: cart, subsets: [{ name: v1 }]'), destinationRule('b', `host: cart, ${spec}`))).toHaveLength(
        1,
      );
    },
  );

  it('fails a raw one beside ours', () => {
    const objects = [...raw(destinationRule('a', 'host: cart')), ...made(destinationRule('cart', 'host: cart'))];
    expect(findings(twoOwners, { objects })).toHaveLength(1);
  });
});
