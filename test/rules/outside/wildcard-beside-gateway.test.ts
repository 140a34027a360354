import type { Party } from '../../../lib/model/party';
import { wildcardBesideGateway } from '../../../lib/rules/outside/wildcard-beside-gateway';
import { call, findings, HTTP, made, namespaceState, other, raw, service, TCP } from '../model-builder';
import { deployment, entry, inMesh, tlsRoute } from './reach/raw-outside';

const TLS = { ...TCP, name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls' };
const through = { key: 'egress:out', name: 'out', namespaceName: 'egress', podLabels: {}, host: 'out-istio.egress.svc.cluster.local' };
const closed = namespaceState('shop', 'sidecar', { zeroTrust: true });
const web = service('web', { namespace: closed });
const at = (namespaceName: string) => ({ namespaceName, namespace: namespaceState(namespaceName, 'sidecar', { zeroTrust: true }) });
const all = (parts: Partial<Party> = {}) => other('external', 'all', { host: '*.example.com', ports: [TLS], ...at('shop'), ...parts });
const api = (parts: Partial<Party> = {}) =>
  other('external', 'api', { host: 'api.example.com', ports: [TLS], through, ...at('egress'), ...parts });
const cart = service('cart', { namespace: closed });

describe(wildcardBesideGateway.title, () => {
  it.each([
    ['a wildcard alone', [call(web, all())]],
    ['a host without a gateway', [call(web, all()), call(web, api({ through: undefined }))]],
    ['a host that the wildcard does not cover', [call(web, all()), call(web, api({ host: 'api.example.org' }))]],
    ['another port', [call(web, all()), call(web, api({ ports: [{ ...TLS, number: 8443 }] }))]],
    ['HTTP, of which each host has a route', [call(web, all({ ports: [HTTP] })), call(web, api({ ports: [HTTP] }))]],
    ['a host of another caller, which the scope leaves out', [call(web, all()), call(cart, api())]],
    ['a gateway in ambient mode', [call(web, all()), call(web, api({ namespace: namespaceState('egress', 'ambient') }))]],
  ])('takes %s', (_, calls) => {
    expect(findings(wildcardBesideGateway, { calls })).toEqual([]);
  });

  it('fails where the caller calls both', () => {
    expect(findings(wildcardBesideGateway, { calls: [call(web, all()), call(web, api())] })).toMatchObject([
      { on: { path: 'shop/web' }, got: expect.stringContaining('api.example.com'), message: expect.stringContaining('*.example.com') },
    ]);
  });

  it('fails where the wildcard brings the host along, or nothing narrows what the sidecar knows', () => {
    const together = [call(web, all(at('egress'))), call(cart, api())];
    const open = [call(service('web'), all()), call(service('cart'), api())];
    expect([together, open].map((calls) => findings(wildcardBesideGateway, { calls }).length)).toEqual([1, 1]);
  });
});

describe(`${wildcardBesideGateway.title}, said raw`, () => {
  const SHOP = (plane: 'sidecar' | 'ambient' = 'sidecar') => inMesh('shop', plane) + '---' + deployment('shop', 'web');
  const wildcard = (more = '', protocol = 'TLS') =>
    entry('all', ['*.example.com'], `{ number: 443, name: tls, protocol: ${protocol} }`, `, resolution: NONE${more}`);
  const way = tlsRoute('api.example.com', '{ port: 443, sniHosts: [api.example.com] }');
  const find = (...yaml: string[]) => findings(wildcardBesideGateway, { objects: raw(yaml.join('---')) });

  it.each([
    ['a wildcard alone', [SHOP(), wildcard()]],
    ['a route of a host elsewhere', [SHOP(), wildcard(), tlsRoute('api.example.org', '{ sniHosts: [api.example.org] }')]],
    ['a route on another port', [SHOP(), wildcard(), tlsRoute('api.example.com', '{ port: 8443, sniHosts: [api.example.com] }')]],
    ['a route for the wildcard itself', [SHOP(), wildcard(), tlsRoute('"*.example.com"', '{ sniHosts: ["*.example.com"] }')]],
    [
      'a route for a gateway',
      [SHOP(), wildcard(), tlsRoute('api.example.com', '{ sniHosts: [api.example.com] }', '  gateways: [way-out]')],
    ],
    ['a wildcard for HTTP', [SHOP(), wildcard('', 'HTTP'), way]],
    ['a wildcard that no sidecar is told of', [SHOP(), wildcard(', exportTo: [egress]'), way]],
    ['ambient mode, where no sidecar is', [SHOP('ambient'), wildcard(), way]],
  ])('takes %s', (_, yaml) => {
    expect(find(...yaml)).toEqual([]);
  });

  it.each(['TLS', 'HTTPS'])('fails a wildcard for %s beside a route of a name below it', (protocol) => {
    expect(find(SHOP(), wildcard('', protocol), way)).toMatchObject([
      { on: { path: 'raw/serviceentry/all' }, got: 'api.example.com on port 443, by VirtualService egress/way-out' },
    ]);
  });

  it('fails the raw one of the two, and leaves what constructs say to a call', () => {
    const on = (...objects: ReturnType<typeof raw>) =>
      findings(wildcardBesideGateway, { objects: [...raw(SHOP()), ...objects] }).map((one) => one.on.path);
    expect(on(...made(wildcard()), ...raw(way))).toEqual(['raw/virtualservice/way-out']);
    expect(on(...raw(wildcard()), ...made(way))).toEqual(['raw/serviceentry/all']);
    expect(on(...made(wildcard()), ...made(way))).toEqual([]);
  });
});
