import { gatesOf } from '../../../../lib/model/edge/istio-gateway';
import type { ListenerFacts } from '../../../../lib/model/edge/listener';
import { redirectsHere, renderIstioGateway } from '../../../../lib/render/routes/edge/istio-gateway';

const certificate = { secretName: 'cert' };
const listener = (said: Partial<ListenerFacts>): ListenerFacts => ({ kind: 'https', name: 'https', port: 443, hosts: [], ...said });
const serversOf = (said: Partial<ListenerFacts>, routesFrom: readonly string[] = []) =>
  renderIstioGateway(gatesOf('front', [listener(said)])[0], { istio: 'door' }, routesFrom).servers;

describe('a Gateway of Istio', () => {
  it('is for one listener, and counts those of one name', () => {
    const gates = gatesOf('front', [
      listener({ hosts: ['a.com'] }),
      listener({ hosts: ['b.com'] }),
      listener({ name: 'http', kind: 'http', port: 80 }),
    ]);
    expect(gates.map(({ name }) => name)).toEqual(['front-https', 'front-https-2', 'front-http']);
  });

  it('takes routes of its own namespace, and of those that are named', () => {
    const [server] = serversOf({ certificate, hosts: ['a.com'] }, ['tenants'])!;
    expect(server.hosts).toEqual(['./a.com', 'tenants/a.com']);
  });

  it.each<[string, Partial<ListenerFacts>, object]>([
    [
      'HTTPS',
      { certificate },
      { port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'cert' } },
    ],
    ['mutual TLS', { certificate, clients: 'required' }, { tls: { mode: 'MUTUAL', credentialName: 'cert' } }],
    ['optional mutual TLS', { certificate, clients: 'optional' }, { tls: { mode: 'OPTIONAL_MUTUAL', credentialName: 'cert' } }],
    [
      'TLS as it is',
      { kind: 'passthrough', hosts: ['a.com'] },
      { port: { protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' }, hosts: ['./a.com'] },
    ],
    ['bytes', { kind: 'tcp', port: 9000 }, { port: { number: 9000, protocol: 'TCP' }, hosts: ['./*'], tls: undefined }],
    ['HTTP', { kind: 'http', port: 80 }, { port: { protocol: 'HTTP' }, tls: undefined }],
    ['the way on to HTTPS', { kind: 'redirect', port: 80, securePort: 443 }, { hosts: ['*'], tls: { httpsRedirect: true } }],
    ['the way on to another port', { kind: 'redirect', port: 80, securePort: 8443 }, { hosts: ['./*'], tls: undefined }],
  ])('has a server for %s', (_, said, server) => {
    expect(serversOf(said)).toMatchObject([server]);
  });

  it('has a server for each host where TLS ends before bytes', () => {
    const servers = serversOf({ kind: 'tls', name: 'tls', certificate, hosts: ['a.com', 'b.com'] })!;
    expect(servers.map(({ port, hosts }) => [port.name, hosts])).toEqual([
      ['tls-a-com', ['./a.com']],
      ['tls-b-com', ['./b.com']],
    ]);
  });

  it('answers by itself where both ports are the usual ones', () => {
    const redirect = listener({ kind: 'redirect', port: 80, securePort: 443 });
    expect([redirect, { ...redirect, port: 8080 }, { ...redirect, securePort: 8443 }, listener({ port: 80 })].map(redirectsHere)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
