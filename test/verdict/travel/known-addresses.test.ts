import { decide } from '../../../lib/verdict/decide';
import { split } from '../../../lib/verdict/split';
import { CART, cluster, get, namespace, SIDECAR, sidecarWeb as from, toService } from '../fixtures';

const entry = (name: string, resolution: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [${name}.example.com], resolution: ${resolution}, ports: [{number: 9000, name: tcp, protocol: TCP}]}
---`;
const DROPPING = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: shop}
spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}
---`;
const SHOP = namespace('shop', SIDECAR) + CART;
const to = { podOf: 'shop/cart-v1', port: 9000 };

describe('a port that a ServiceEntry has without an address', () => {
  it('takes whatever a sidecar does not know better', () => {
    const { shares } = split(cluster(SHOP, entry('one', 'DNS')), get({ from, to }));
    expect(shares).toMatchObject([{ host: 'one.example.com', weight: 100 }]);
    const elsewhere = split(cluster(SHOP, entry('one', 'DNS')), get({ from, to: { ...to, port: 9001 } }));
    expect(elsewhere.shares).toMatchObject([{ workload: 'shop/cart-v1' }]);
  });

  it('is open to every address where the entry has no resolution, even where nothing unknown is passed on', () => {
    expect(decide(cluster(SHOP, DROPPING), get({ from, to }))).toMatchObject({ allowed: false, layer: 'scope' });
    expect(decide(cluster(SHOP, DROPPING, entry('one', 'NONE')), get({ from, to })).allowed).toBe(true);
  });

  it('is left open where two take it', () => {
    const both = cluster(SHOP, entry('one', 'DNS'), entry('two', 'DNS'));
    const unknown = 'ServiceEntry shop/one and ServiceEntry shop/two both take port 9000';
    expect(decide(both, get({ from, to }))).toMatchObject({ allowed: false, unknown });
    expect(decide(both, get({ from, to: { host: 'two.example.com', port: 9000 } }))).toMatchObject({ allowed: false, unknown });
    expect(decide(both, get({ from, to: toService('cart') })).allowed).toBe(true);
  });
});
