import { unnamedCallers } from '../../../lib/rules/mtls/unnamed-callers';
import type { Weakening } from '../../../lib/model/mtls/weakening';
import { ANYONE, call, findings, raw, service } from '../model-builder';

const said: Weakening = { level: 'namespace', namespaceName: 'shop', path: 'test/shop', mode: 'PERMISSIVE' };
const [product, cart] = [service('product'), service('cart')];
const services = [product, cart];
const calls = [call(cart, product)];

describe(unnamedCallers.title, () => {
  it('says nothing where no grant closes anything, or a port takes plaintext for good', () => {
    expect(findings(unnamedCallers, { weakenings: [said], services })).toEqual([]);
    expect(findings(unnamedCallers, { weakenings: [said], services, calls: [call(ANYONE, product, { plaintext: true })] })).toEqual([]);
  });

  it('says nothing of other namespaces and services, of pods that ask for more, and of what is switched off', () => {
    const strict = raw(`{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: product, namespace: shop },
      spec: { selector: { matchLabels: { app: product } }, mtls: { mode: STRICT } } }`);
    expect(findings(unnamedCallers, { weakenings: [{ ...said, namespaceName: 'other' }], services, calls })).toEqual([]);
    expect(findings(unnamedCallers, { weakenings: [{ ...said, level: 'workload', service: cart.key }], services, calls })).toEqual([]);
    expect(findings(unnamedCallers, { weakenings: [said], services, calls, objects: strict })).toEqual([]);
    expect(findings(unnamedCallers, { weakenings: [{ ...said, mode: 'DISABLE' }], services, calls })).toEqual([]);
  });

  it('names the services that are closed all the same', () => {
    expect(findings(unnamedCallers, { weakenings: [said], services, calls })).toMatchObject([
      { on: { path: 'test/shop' }, got: 'grants of shop/product' },
    ]);
  });
});
