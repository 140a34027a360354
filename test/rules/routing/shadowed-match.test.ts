import { shadowedMatch } from '../../../lib/rules/routing/shadowed-match';
import { findings, made, raw } from '../model-builder';

const manifest = (...routes: string[]) => virtualService(`http: [${routes.join(', ')}]`);
const virtualService = (said: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], ${said} }
`;

const to = (subset: string, ...matches: string[]) =>
  `{ ${matches.length > 0 ? `match: [${matches.join(', ')}], ` : ''}route: [{ destination: { host: cart, subset: ${subset} } }] }`;

const findBytes = (routes: string) => findings(shadowedMatch, { objects: raw(virtualService(routes)) });
const find = (...routes: string[]) => findings(shadowedMatch, { objects: raw(manifest(...routes)) });

describe(shadowedMatch.title, () => {
  it.each([
    ['the narrower path first', to('v2', '{ uri: { prefix: /items/new } }'), to('v1', '{ uri: { prefix: /items } }'), to('v1')],
    ['an exact path and what is below it', to('v2', '{ uri: { exact: /items } }'), to('v1', '{ uri: { prefix: /items } }')],
    ['two patterns', to('v2', '{ uri: { regex: /items.* } }'), to('v1', '{ uri: { regex: "/items/[0-9]+" } }')],
    ['one path for two methods', to('v2', '{ uri: { prefix: / }, method: { exact: GET } }'), to('v1', '{ uri: { prefix: / } }')],
    ['two values of a header', to('v2', '{ headers: { x-user: { exact: a } } }'), to('v1', '{ headers: { x-user: { exact: b } } }')],
    ['a header that must not be there', to('v2', '{ withoutHeaders: { x-user: {} } }'), to('v1', '{ headers: { x-user: {} } }')],
    ['one path from two callers', to('v2', '{ sourceLabels: { app: web } }'), to('v1', '{ sourceLabels: { app: admin } }')],
    ['one path at a gateway, then everywhere', to('v2', '{ gateways: [edge] }'), to('v1', '{ gateways: [mesh] }'), to('v1')],
    ['two ports', to('v2', '{ port: 80 }'), to('v1', '{ port: 8080 }')],
    ['letters that do not matter later', to('v2', '{ uri: { prefix: /a } }'), to('v1', '{ uri: { prefix: /a/b }, ignoreUriCase: true }')],
    ['two host names', to('v2', '{ authority: { exact: a } }'), to('v1', '{ authority: { exact: b } }')],
    [
      'routes of another object, which may leave requests',
      '{ match: [{ uri: { prefix: /a } }], delegate: { name: a } }',
      to('v1', '{ uri: { prefix: /a/b } }'),
    ],
  ])('takes %s', (_, ...routes) => {
    expect(find(...routes)).toEqual([]);
  });

  it.each([
    ['after one without a match', to('v1'), to('v2', '{ headers: { x-user: { exact: a } } }')],
    ['below a path that comes first', to('v1', '{ uri: { prefix: /items } }'), to('v2', '{ uri: { exact: /items/new } }')],
    ['after all paths', to('v1', '{ uri: { prefix: / } }'), to('v2', '{ uri: { regex: /items.* } }')],
    ['for a value after the header itself', to('v1', '{ headers: { X-User: {} } }'), to('v2', '{ headers: { x-user: { exact: a } } }')],
    ['for more labels of a caller', to('v1', '{ sourceLabels: { app: web } }'), to('v2', '{ sourceLabels: { app: web, version: v2 } }')],
    ['for a host name after its beginning', to('v1', '{ authority: { prefix: a } }'), to('v2', '{ authority: { exact: ab } }')],
    ['without a match, after one without', to('v1'), to('v2')],
  ])('tells of a route %s', (_, ...routes) => {
    expect(find(...routes)).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, got: 'http route 1 before http route 2' }]);
  });

  it('tells of a match that stands there twice', () => {
    const same = '{ uri: { prefix: /items }, queryParams: { new: { exact: "1" } } }';
    expect(find(to('v2', same, '{ uri: { prefix: /new } }'), to('v1', same))).toMatchObject([
      { message: expect.stringMatching(/^http route 2 .*: match 1 of http route 1 comes first and asks for the same$/) },
    ]);
  });

  it.each([
    ['two ports', 'tcp: [{ match: [{ port: 5432 }] }, { match: [{ port: 5433 }] }, {}]'],
    ['connections from two callers', 'tcp: [{ match: [{ sourceLabels: { app: web } }] }, { match: [{ sourceLabels: { app: job } }] }]'],
    ['some addresses, then all', 'tcp: [{ match: [{ destinationSubnets: [10.0.0.0/8] }] }, {}]'],
    ['two servers', 'tls: [{ match: [{ sniHosts: [a.example.com] }] }, { match: [{ sniHosts: [b.example.com] }] }]'],
    ['a server before all of its kind', 'tls: [{ match: [{ sniHosts: [a.example.com] }] }, { match: [{ sniHosts: ["*.example.com"] }] }]'],
    ['what TLS asks for beside a port', 'tls: [{ match: [{ sniHosts: [a.example.com] }] }], tcp: [{}]'],
    [
      'one server at a gateway, then in the mesh',
      'tls: [{ match: [{ sniHosts: [a], gateways: [edge] }] }, { match: [{ sniHosts: [a] }] }]',
    ],
  ])('takes routes of bytes for %s', (_, routes) => {
    expect(findBytes(routes)).toEqual([]);
  });

  it.each([
    ['the same port', 'tcp', '{ match: [{ port: 5432 }] }, { match: [{ port: 5432 }] }'],
    ['everything, twice', 'tcp', '{}, {}'],
    ['a port, after everything', 'tcp', '{}, { match: [{ port: 5432 }] }'],
    ['a server, after all of its kind', 'tls', '{ match: [{ sniHosts: ["*.a"] }] }, { match: [{ sniHosts: [b.a], port: 443 }] }'],
    [
      'one gateway, after both',
      'tls',
      '{ match: [{ sniHosts: [a], gateways: [x, y] }] }, { match: [{ sniHosts: [a], gateways: [shop/x] }] }',
    ],
  ])('tells of a route of bytes for %s', (_, protocol, routes) => {
    const [found, ...others] = findBytes(`${protocol}: [${routes}]`);
    expect(found.got).toBe(`${protocol} route 1 before ${protocol} route 2`);
    expect(found.message).toContain(' receives no connection: ');
    expect(others).toEqual([]);
  });

  it('tells of a match of bytes that stands there twice', () => {
    const [found] = findBytes('tcp: [{ match: [{ port: 1 }] }, { match: [{ port: 1 }, { port: 2 }] }]');
    expect(found.message).toMatch(/^match 1 of tcp route 2 in .*: tcp route 1 comes first and asks for the same$/);
  });

  it('says nothing of our own routes', () => {
    expect(findings(shadowedMatch, { objects: made(manifest(to('v1'), to('v2'))) })).toEqual([]);
  });
});
