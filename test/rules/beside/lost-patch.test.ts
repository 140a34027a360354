import { ApiObject, JsonPatch } from 'cdk8s';
import { DataPlane, HttpAccess, MeshReport, type MeshedService, Waypoint } from 'istio-constructs';
import { lostPatch } from '../../../lib/rules/beside/lost-patch';
import { canary, findingCodes, shop } from '../../builders';
import { findings, made } from '../model-builder';

const AMBIENT = { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) };
const GET = { http: [HttpAccess.get('/cart')] };
const NOTE = JsonPatch.add('/metadata/annotations', { team: 'buy' });

/** Stands behind no waypoint: what is said there of its callers is needed no more. */
const loseAddress = ({ cart }: { readonly cart: MeshedService }): void =>
  ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));

/** Product calls cart, and that is noted on the policy at the waypoint. */
function patched() {
  const one = shop(AMBIENT);
  one.product.calls(one.cart);
  const policy = one.cart.objects.find(({ name }) => name === 'cart-waypoint')!;
  policy.addJsonPatch(NOTE);
  return { ...one, policy };
}

const found = ({ chart }: Pick<ReturnType<typeof shop>, 'chart'>) =>
  MeshReport.of(chart).findings.filter(({ code }) => code === lostPatch.code);

describe(lostPatch.title, () => {
  it('fails where a later statement leaves an object without work, with the line of the patch', () => {
    const one = patched();
    loseAddress(one);
    const [{ level, path, text }, ...more] = found(one);
    expect({ level, path, more }).toEqual({ level: 'error', path: 'test/shop/cart/Authorization/Waypoint', more: [] });
    expect(text).toContain('the patch of AuthorizationPolicy shop/cart-waypoint is lost: a later statement made the object needless');
    expect(text).toContain('got: made there now: AuthorizationPolicy shop/cart');
    expect(text).toMatch(/declared at: .*lost-patch\.test\.ts:\d+:\d+/);
    expect(() => one.chart.toJson()).toThrow('MESH121');
  });

  it('fails once, however often the tree is read', () => {
    const one = patched();
    loseAddress(one);
    expect([found(one), found(one)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('fails where the object went and came back, for the new one knows nothing of the patch', () => {
    const lost = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name: 'cart',
      namespaceName: 'shop',
      path: 'made/authorizationpolicy/cart',
      room: 'made/authorizationpolicy',
    };
    const there = (name: string) =>
      made(`{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: ${name}, namespace: shop } }`);
    expect(findings(lostPatch, { objects: there('cart'), lostPatches: [lost] })).toMatchObject([
      { message: expect.stringMatching(/had the object made anew$/), got: 'made there now: AuthorizationPolicy shop/cart' },
    ]);
    expect(findings(lostPatch, { objects: [], lostPatches: [lost] })).toMatchObject([{ got: 'made there now: nothing' }]);
  });

  it('is silent where the object stays, whatever is said of it later', () => {
    const one = patched();
    one.payment.calls(one.cart);
    expect(findingCodes(one.chart)).toEqual([]);
  });

  it('is silent where all is said before the patch', () => {
    const one = shop(AMBIENT);
    one.product.calls(one.cart, GET);
    canary(one.cart);
    for (const object of one.cart.objects) object.addJsonPatch(JsonPatch.add('/metadata/finalizers', []));
    expect(findingCodes(one.chart)).toEqual([]);
  });

  it('is silent where nobody has patched what goes, and where a user takes it away himself', () => {
    const plain = shop(AMBIENT);
    plain.product.calls(plain.cart);
    expect(plain.cart.objects.map(({ name }) => name)).toContain('cart-waypoint');
    loseAddress(plain);
    expect(found(plain)).toEqual([]);

    const one = patched();
    one.policy.node.scope!.node.tryRemoveChild(one.policy.node.id);
    loseAddress(one);
    expect(found(one)).toEqual([]);
  });
});
