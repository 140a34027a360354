import type { Party } from '../../../lib/model/party';
import { bytesBesideHttp } from '../../../lib/rules/outside/bytes-beside-http';
import { call, findings, made, namespaceState, other, raw, service, TCP } from '../model-builder';
import { deployment, entry, inMesh, kubernetesService, scope } from './reach/raw-outside';

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

describe(`${bytesBesideHttp.title}, said raw`, () => {
  const SHOP = inMesh('shop') + '---' + deployment('shop', 'web');
  const bytes = (more = '', port = 8080) => entry('feed', ['feed.example.com'], `{ number: ${port}, name: tcp, protocol: TCP }`, more);
  const http = kubernetesService('shop', 'product', '{ name: http, port: 8080 }');
  const find = (...yaml: string[]) => findings(bytesBesideHttp, { objects: raw([SHOP, ...yaml].join('---')) });

  it.each([
    ['bytes alone', [bytes()]],
    ['HTTP on another port', [bytes('', 9090), http]],
    ['a single address', [bytes(', addresses: [203.0.113.7]'), http]],
    ['bytes that no sidecar is told of', [bytes(', exportTo: [egress]'), http]],
    ['a Sidecar object without the bytes', [bytes(), http, scope('shop', './*')]],
    ['a Sidecar object without the HTTP', [bytes(), http, scope('shop', 'egress/*')]],
    ['a port of which Istio guesses', [bytes(), kubernetesService('shop', 'product', '{ name: web, port: 8080 }')]],
  ])('takes %s', (_, yaml) => {
    expect(find(...yaml)).toEqual([]);
  });

  it('takes them in ambient mode', () => {
    const ambient = [inMesh('shop', 'ambient'), deployment('shop', 'web'), bytes(), http].join('---');
    expect(findings(bytesBesideHttp, { objects: raw(ambient) })).toEqual([]);
  });

  it('tells of a ServiceEntry with bytes beside HTTP of a Service, and of another ServiceEntry', () => {
    const api = entry('api', ['api.example.com'], '{ number: 8080, name: http, protocol: HTTP }');
    expect(find(bytes(), http)).toMatchObject([
      {
        on: { path: 'raw/serviceentry/feed' },
        got: 'HTTP on port 8080 of product.shop.svc.cluster.local',
        fix: expect.stringContaining('single'),
      },
    ]);
    expect(find(bytes(', addresses: [10.0.0.0/8]'), api)).toMatchObject([{ got: 'HTTP on port 8080 of api.example.com' }]);
  });

  it('tells of raw HTTP beside bytes that a construct declares, unless the program names it: a call tells of that', () => {
    const objects = [...raw([SHOP, http].join('---')), ...made(bytes())];
    expect(findings(bytesBesideHttp, { objects })).toMatchObject([{ on: { path: 'raw/service/product' } }]);
    expect(findings(bytesBesideHttp, { objects, services: [product] })).toEqual([]);
    expect(findings(bytesBesideHttp, { objects: made([SHOP, http, bytes()].join('---')) })).toEqual([]);
  });
});
