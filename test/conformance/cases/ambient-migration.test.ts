import { App } from 'cdk8s';
import { MovingShop } from '../../../apps/ambient-migration/ambient-migration';
import { STAGES } from '../../../apps/ambient-migration/stages';
import { meshOf, type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { letsOut } from '../network-layer';
import { enter } from '../requests';
import { type Build, complaintsOnTheWay, mixedStates, podsOf, sharesByWorkload, type Step } from '../stages';
import { expectOnly } from '../who-calls-whom';

const build: Build = (dataPlane) => new MovingShop(new App(), 'ambient-migration', { dataPlane });

const NAMES = Object.keys(STAGES) as Array<keyof typeof STAGES>;
const STEPS = NAMES.slice(1).map((name, index): Step => {
  const last = NAMES[index];
  return { name: `from ${last} to ${name}`, before: STAGES[last], after: STAGES[name], isWithin: name !== 'ambient' };
});
const BACK = [...STEPS].reverse().map(({ name, before, after }): Step => {
  const isWithin = ![before, after].includes(STAGES.ambient) && before !== STAGES.sidecar;
  return { name: `back: ${name}`, before: after, after: before, isWithin };
});

const ALLOWED = [
  { from: 'shop/web', to: 'shop/cart', only: ['GET /cart/1', 'POST /cart/1'] },
  { from: 'shop/web', to: 'shop/product', only: ['GET /products/1'] },
  { from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] },
  { from: 'back-office/reports', to: 'shop/cart' },
];

const product = (line: object = {}, from = 'shop/web-v1') => ({
  from: { workload: from },
  to: { host: 'product.shop.svc.cluster.local', port: 8080 },
  path: '/products/1',
  ...line,
});
const V2 = { headers: { 'x-version': 'v2' } };
const OUTSIDE = 'https://shop.example.com/products/1';
const toProvider = (workload: string) => ({ from: { workload }, to: { host: 'api.pay.example.com', port: 443 } });

/** Whether the network lets a pod's packets to the provider's addresses out. */
const paysIn =
  (mesh: MeshUnderTest) =>
  (pod: string): boolean =>
    letsOut(mesh, pod, '203.0.113.7', 443);

describe('a shop that moves to ambient', () => {
  it.each(NAMES)('lets in the calls that it declares, and nobody else, in either layer: %s', async (name) => {
    const mesh = meshOf(build(STAGES[name]));
    await expectOnly(mesh, ALLOWED);
    await expectOnly(withNetwork(mesh), ALLOWED);
  });

  it.each(NAMES)('says nothing that Istio complains of but scopes of proxies that have gone: %s', async (name) => {
    const said = (await meshOf(build(STAGES[name])).findings()).filter(({ level }) => level !== 'info');
    const scopes = said.filter(({ code, object }) => code === 'IST0167' && object.startsWith('Sidecar '));
    expect(said).toEqual(scopes);
    expect(scopes).toHaveLength({ sidecar: 0, prepare: 0, 'wave-1': 1, 'wave-2': 2, 'wave-3': 3, ambient: 0 }[name]);
  });

  it.each([...STEPS, ...BACK])('keeps every call and opens none with any of its pods moved, $name', async (step) => {
    expect(await complaintsOnTheWay(build, step, ALLOWED)).toEqual([]);
  });

  it.each([...STEPS, ...BACK])('goes on with its release, refuses what it refuses, and reaches its provider, $name', async (step) => {
    for (const { name, mesh } of mixedStates(build, step)) {
      const callers = [...podsOf(mesh, 'shop/web-v1'), ...podsOf(mesh, 'shop/cart-v1')];
      const shared = [...callers.map((pod) => product({}, pod)), enter(OUTSIDE)];
      const tried = [...callers.map((pod) => product(V2, pod)), enter(OUTSIDE, V2)];
      const refused = [...callers.map((pod) => product({ path: '/products/admin/users' }, pod)), enter(`${OUTSIDE}/../admin`)];
      const payers = podsOf(mesh, 'shop/cart-v1');
      const answers = await mesh.answers([...shared, ...tried, ...payers.map(toProvider), ...refused]);
      expect([name, answers.map(({ allowed }) => allowed)]).toEqual([
        name,
        [...shared.map(() => true), ...tried.map(() => true), ...payers.map(() => true), ...refused.map(() => false)],
      ]);
      expect([name, answers.slice(0, 2 * shared.length).map(sharesByWorkload)]).toEqual([
        name,
        [...shared.map(() => ({ 'shop/product-v1': 80, 'shop/product-v2': 20 })), ...tried.map(() => ({ 'shop/product-v2': 100 }))],
      ]);
      if (!step.isWithin) continue;
      const others = ['web-v1', 'product-v1', 'product-v2'].flatMap((name) => podsOf(mesh, `shop/${name}`));
      expect([name, payers.every(paysIn(mesh)), others.some(paysIn(mesh))]).toEqual([name, true, false]);
    }
  });
});
