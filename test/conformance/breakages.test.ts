import { App, Testing } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { type MeshUnderTest, meshFrom } from './mesh-under-test';
import { enter, sharesOf } from './requests';
import { expectOnly } from './who-calls-whom';

const SHOP = {
  sidecar: Testing.synth(new OnlineShop(new App(), 'sidecar', { dataPlane: DataPlane.sidecar() })) as object[],
  ambient: Testing.synth(new OnlineShop(new App(), 'ambient', { dataPlane: DataPlane.ambient() })) as object[],
};

type Plane = 'sidecar' | 'ambient';

/** One field of one object, what somebody makes of it by mistake, and what they are told. */
type Breakage = readonly [plane: Plane, object: string, field: string, value: unknown, told: RegExp];

const BREAKAGES: readonly Breakage[] = [
  ['sidecar', 'DestinationRule shop/cart', 'spec.subsets.1.name', 'v3', /IST0101 on VirtualService shop\/cart: .*v2/],
  ['sidecar', 'Service shop/product', 'spec.selector.app', 'prod', /shop\/cart-v1 calls shop\/product:8080 .*no endpoint/],
  ['sidecar', 'AuthorizationPolicy shop/product', 'spec.selector.matchLabels.app', 'prod', /IST0127 on AuthorizationPolicy shop\/product/],
  [
    'sidecar',
    'AuthorizationPolicy shop/product',
    'spec.rules.1.from.0.source.principals.0',
    'cluster.local/ns/shop/sa/card',
    /shop\/cart-v1 calls shop\/product:8080 with GET \/products\/1 is refused by AuthorizationPolicy.* shop\/product/,
  ],
  ['sidecar', 'VirtualService shop/cart', 'spec.http.1.route.0.weight', 9, /VirtualService shop\/cart sends/],
  ['sidecar', 'HTTPRoute shop/cart-gateway', 'spec.rules.1.backendRefs.0.weight', 9, /HTTPRoute shop\/cart-gateway sends/],
  [
    'sidecar',
    'Service payments/payment',
    'spec.ports.0.appProtocol',
    'tcp',
    /payments\/payment:8080 .*is refused by AuthorizationPolicy payments\//,
  ],
  ['sidecar', 'Sidecar shop/cart', 'spec.egress.0.hosts', ['shop/product.shop.svc.cluster.local'], /payments\/payment:8080 .*\(scope\)/],
  ['sidecar', 'PeerAuthentication shop/default', 'spec.mtls.mode', 'WRONG', /CRD on PeerAuthentication shop\/default: .*mode/],
  [
    'ambient',
    'AuthorizationPolicy shop/product-waypoint',
    'spec.targetRefs.0.name',
    'products',
    /calls shop\/product:8080 .*is refused by AuthorizationPolicy shop\/waypoint-deny-all/,
  ],
  ['ambient', 'HTTPRoute shop/cart', 'spec.rules.1.backendRefs.1.weight', 50, /HTTPRoute shop\/cart sends/],
  ['ambient', 'HTTPRoute shop/cart-gateway', 'spec.rules.0.backendRefs.0.port', 80, /HTTPRoute shop\/cart-gateway/],
  [
    'ambient',
    'AuthorizationPolicy shop/product',
    'spec.rules.0.from.0.source.principals.0',
    'cluster.local/ns/shop/sa/way',
    /is refused by AuthorizationPolicy.* shop\/product/,
  ],
  [
    'ambient',
    'Service shop/cart',
    'metadata.labels',
    {},
    /HTTPRoute shop\/cart-gateway sends .*50.* refused by AuthorizationPolicy shop\/cart/,
  ],
  ['ambient', 'Namespace shop', 'metadata.labels', { 'istio.io/dataplane-mode': 'ambient' }, /AuthorizationPolicy shop\/product/],
];

const ALLOWED = [
  { from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] },
  { from: 'shop/cart', to: 'payments/payment', only: ['POST /payments/1'] },
  { from: 'payments/payment', to: 'shop/notification' },
];

/** All that is asked of the shop: the judges, who may call whom, and how the cart's release shares what comes in and what the mesh sends. */
async function check(plane: Plane, manifests: readonly object[]): Promise<void> {
  const mesh = meshFrom(manifests);
  const proxy = plane === 'sidecar' ? 'sidecar' : 'ztunnel';
  const complaints = (await mesh.findings()).filter(({ level }) => level !== 'info');
  expect(complaints.map(({ code, object, text }) => `${code} on ${object}: ${text}`)).toEqual([]);
  await expectOnly(mesh, ALLOWED);
  await expectSplit(mesh, enter('https://shop.example.com/cart/1'));
  const toCart = { host: 'cart.shop.svc.cluster.local', port: 8080 };
  await expectSplit(mesh, {
    from: { identity: { namespace: 'edge', serviceAccount: 'gateway-istio', proxy } },
    to: toCart,
    path: '/cart',
  });
}

async function expectSplit(mesh: MeshUnderTest, request: Parameters<MeshUnderTest['answer']>[0]): Promise<void> {
  const answer = await mesh.answer(request);
  const shares = JSON.stringify(sharesOf(answer));
  const routes = answer.legs.flatMap(({ by }) => by ?? []).join(' and then ');
  expect(`${routes} sends ${shares}; ${answer.allowed ? 'let in' : 'refused'} by ${answer.by}`).toMatch(
    /"shop\/cart-v1":95,"shop\/cart-v2":5}; let in/,
  );
}

function broken([plane, object, field, value]: Breakage): object[] {
  const copy = structuredClone(SHOP[plane]);
  const keys = field.split('.');
  const owner = keys.slice(0, -1).reduce<Record<string, any>>((at, key) => at[key], copy.find((one) => nameOf(one) === object) ?? {});
  expect(owner[keys.at(-1)!]).toBeDefined();
  owner[keys.at(-1)!] = value;
  return copy;
}

function nameOf(manifest: object): string {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string; namespace?: string } };
  return `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`;
}

describe('a field that is wrong', () => {
  it.each(Object.entries(SHOP))('is in none of the shop as it is: %s', async (plane, manifests) => {
    await expect(check(plane as Plane, manifests)).resolves.toBeUndefined();
  });

  it.each(BREAKAGES.map((one) => [`${one[1]} ${one[2]} (${one[0]})`, one] as const))('is found, and named: %s', async (_, breakage) => {
    await expect(check(breakage[0], broken(breakage))).rejects.toThrow(breakage[4]);
  });
});
