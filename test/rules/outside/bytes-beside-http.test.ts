import type { Party } from '../../../lib/model/party';
import { bytesBesideHttp } from '../../../lib/rules/outside/bytes-beside-http';
import { call, findings, namespaceState, other, service, TCP } from '../model-builder';

const BYTES = { ...TCP, number: 8080, targetPort: 8080 };
const closed = namespaceState('shop', 'sidecar', { zeroTrust: true });
const web = service('web', { namespace: closed });
const product = service('product', { namespace: closed });
const db = (parts: Partial<Party> = {}) => other('external', 'db', { host: 'db.example.com', ports: [BYTES], ...parts });

describe(bytesBesideHttp.title, () => {
  it.each([
    ['bytes alone', [call(web, db())]],
    ['HTTP on another port', [call(web, db({ ports: [TCP] })), call(web, product)]],
    ['a host with a single address', [call(web, db({ knownAddresses: ['10.0.0.1/32', 'fd00::1/128'] })), call(web, product)]],
    ['HTTP of another caller in a closed namespace', [call(web, db()), call(service('cart', { namespace: closed }), product)]],
    ['a refusal', [call(web, db(), { action: 'DENY' as const }), call(web, product)]],
  ])('takes %s', (_, calls) => {
    expect(findings(bytesBesideHttp, { calls, services: [web, product] })).toEqual([]);
  });

  it('takes a caller in ambient mode', () => {
    const ambient = service('web', { namespace: namespaceState('shop', 'ambient') });
    expect(findings(bytesBesideHttp, { calls: [call(ambient, db()), call(ambient, product)] })).toEqual([]);
  });

  it.each([
    ['without addresses', db()],
    ['in a block of addresses, which shares the listener', db({ knownAddresses: ['10.0.0.0/24'] })],
  ])('warns of a host %s', (_, host) => {
    expect(findings(bytesBesideHttp, { calls: [call(web, host), call(web, product)] })).toMatchObject([
      {
        on: { path: 'shop/web' },
        got: 'HTTP on port 8080 of product.shop.svc.cluster.local',
        fix: expect.stringContaining('ExternalNetwork'),
      },
    ]);
  });

  it('warns in an open namespace of any service: the proxy knows all of them', () => {
    expect(findings(bytesBesideHttp, { calls: [call(service('web'), db())], services: [product] })).toHaveLength(1);
  });
});
