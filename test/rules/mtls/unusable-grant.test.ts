import { unusableGrant } from '../../../lib/rules/mtls/unusable-grant';
import { ANYONE, call, findings, made, raw, service } from '../model-builder';

const product = service('product');
const peer = (mode: string, read = made) =>
  read(`{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: product, namespace: shop },
    spec: { selector: { matchLabels: { app: product } }, mtls: { mode: ${mode} } } }`);
const calls = [call(service('cart'), product, { path: 'shop/cart' })];

describe(unusableGrant.title, () => {
  it('takes mutual TLS, refusals, and ports that are open to callers without an identity', () => {
    expect(findings(unusableGrant, { calls, objects: peer('PERMISSIVE') })).toEqual([]);
    const others = [call(ANYONE, product, { action: 'DENY' }), call(ANYONE, product, { plaintext: true })];
    expect(findings(unusableGrant, { calls: others, objects: peer('DISABLE') })).toEqual([]);
  });

  it('leaves objects beside ours to the rule about what they shut', () => {
    expect(findings(unusableGrant, { calls, objects: peer('DISABLE', raw) })).toEqual([]);
  });

  it('fails a caller that is named, and anyone', () => {
    const both = [...calls, call(ANYONE, product, { path: 'shop/product' })];
    expect(findings(unusableGrant, { calls: both, objects: peer('DISABLE') })).toMatchObject([
      { on: { path: 'shop/cart' }, got: 'DISABLE at port 8080 of the pods' },
      { on: { path: 'shop/product' } },
    ]);
  });
});
