import type { Party } from '../../../lib/model/party';
import { wildcardBesideGateway } from '../../../lib/rules/outside/wildcard-beside-gateway';
import { call, findings, HTTP, namespaceState, other, service, TCP } from '../model-builder';

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
