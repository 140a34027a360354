import { type DataPlane, HttpAccess, ServiceIdentity } from 'istio-constructs';
import { shop } from '../../builders';
import { type EnforcerName, forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Caller } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { dial, from, type Line } from '../requests';

type Proxy = 'sidecar' | 'ztunnel';

/** A pod of namespace `billing`, which no program has. */
const billing = (serviceAccount: string, proxy: Proxy): Caller => ({ pod: { namespace: 'billing', serviceAccount, proxy } });

const proxyOf = (plane: PlaneUnderTest<EnforcerName>): Proxy => plane.of({ sidecar: 'sidecar', ztunnel: 'ztunnel', waypoint: 'ztunnel' });

/** The shop, whose product page lets in the account `billing/report`. */
async function granted(plane: { readonly dataPlane: DataPlane }, identity: ServiceIdentity, http?: HttpAccess[]) {
  const { chart, product } = shop(plane);
  product.access.allow(identity, { http });
  const mesh = await judged(chart);
  return async (caller: Caller, line: Line = {}) => (await mesh.answer(from(caller, product, line))).allowed;
}

describe('a caller known by its account', () => {
  forEachEnforcer((plane) => {
    const proxy = proxyOf(plane);

    it('is let in, and no other account of its namespace is', async () => {
      const identity = ServiceIdentity.of('billing', 'report', { dataPlane: plane.dataPlane, podLabels: { app: 'report' } });
      const arrives = await granted(plane, identity);
      expect(await arrives(billing('report', proxy))).toBe(true);
      expect(await arrives(billing('other', proxy))).toBe(false);
      expect(await arrives(billing('default', proxy))).toBe(false);
    });

    it('is not taken for an account of that name in another namespace', async () => {
      const arrives = await granted(plane, ServiceIdentity.of('billing', 'report', { dataPlane: plane.dataPlane }));
      expect(await arrives({ pod: { namespace: 'elsewhere', serviceAccount: 'report', proxy } })).toBe(false);
    });

    it('is let in from either plane when nothing is known of its own', async () => {
      const arrives = await granted(plane, ServiceIdentity.of('billing', 'report'));
      expect(await arrives(billing('report', 'sidecar'))).toBe(true);
      expect(await arrives(billing('report', 'ztunnel'))).toBe(true);
    });

    it('has to prove it: plaintext of its namespace stays out', async () => {
      const arrives = await granted(plane, ServiceIdentity.of('billing', 'report'));
      expect(await arrives({ pod: { namespace: 'billing', serviceAccount: 'report' } })).toBe(false);
    });

    it('is refused by its account', async () => {
      const { chart, product } = shop(plane);
      product.access.allowAnyone('public catalogue');
      product.access.deny(ServiceIdentity.of('billing', 'report', { dataPlane: plane.dataPlane }));
      const mesh = await judged(chart);
      const answers = await mesh.answers(['report', 'other'].map((account) => from(billing(account, proxy), product)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });
  });

  forEachPlane((plane) => {
    const proxy = plane.of<Proxy>({ sidecar: 'sidecar', ambient: 'ztunnel' });
    const identity = ServiceIdentity.of('billing', 'report', { dataPlane: plane.dataPlane });

    it('is limited to requests', async () => {
      const arrives = await granted(plane, identity, [HttpAccess.get('/prices/*')]);
      expect(await arrives(billing('report', proxy), { path: '/prices/1' })).toBe(true);
      expect(await arrives(billing('report', proxy), { path: '/stock' })).toBe(false);
    });

    it('finds no way round the limit by the address of a pod', async () => {
      const { chart, product } = shop(plane);
      product.access.allow(identity, { http: [HttpAccess.get('/prices/*')] });
      const mesh = await judged(chart);
      expect(await mesh.answer(dial(billing('report', proxy), product, { path: '/stock' }))).toMatchObject({ allowed: false });
    });
  });
});
