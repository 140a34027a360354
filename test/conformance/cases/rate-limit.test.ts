import { App } from 'cdk8s';
import { RateLimited } from '../../../apps/rate-limit/rate-limit';
import { forEachPlane } from '../../for-each-plane';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import type { Answer } from '../answer';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter } from '../requests';
import { expectOnly } from '../who-calls-whom';

const ALLOWED = [
  { from: 'shop/web', to: 'inventory/catalog', port: 8080 },
  { from: 'inventory/catalog', to: 'counting/ratelimit', port: 8081 },
  { from: 'counting/ratelimit', to: 'counting/redis' },
];

const GATEWAY: Caller = { gateway: 'edge/gateway' };

const ask = (path: string, headers = {}): Request => ({
  from: { workload: 'shop/web-v1' },
  to: { host: 'catalog.inventory.svc.cluster.local', port: 8080 },
  path,
  headers,
});
const count = (from: Caller, port: number): Request => ({ from, to: { host: 'ratelimit.counting.svc.cluster.local', port } });
const said = ({ limits }: Answer): readonly string[] => limits!.map(({ name, of = 'all' }) => `${name} of ${of}`);

describe('the shop that limits what it gets', () => {
  forEachPlane(({ dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new RateLimited(new App(), 'rate-limit', { dataPlane }));
    });

    it('lets in the calls that it declares, and nobody else', async () => {
      await expectOnly(mesh, ALLOWED);
      await expectOnly(withNetwork(mesh), ALLOWED);
    });

    it('limits at the gateway what comes in, the body too', async () => {
      const [page, signIn] = await mesh.answers([enter('https://shop.example.com/'), enter('https://shop.example.com/sign-in')]);
      const all = ['request-size-limit.bodies of all', 'rate-limit.all of all', 'rate-limit.per-client of remote_address=203.0.113.50'];
      expect([...said(page)].sort()).toEqual([...all].sort());
      expect(said(signIn)).toContain('rate-limit.sign-ins of limit=edge/sign-ins, match=yes, remote_address=203.0.113.50');
      expect([page, signIn].map(({ allowed }) => allowed)).toEqual([true, true]);
    });

    it('limits at each pod of the catalog what it gets, searches by user', async () => {
      const answers = await mesh.answers([ask('/search?q=hat', { 'x-user': 'alice' }), ask('/search'), ask('/export/all'), ask('/hats')]);
      const always = ['rate-limit.each-pod of all', 'rate-limit.per-plan of without=x-plan'];
      const more = [
        ['rate-limit.searches of match=yes, x-user=alice'],
        ['rate-limit.searches of match=yes, without=x-user'],
        ['rate-limit.exports of limit=inventory/exports, match=yes'],
        [],
      ];
      expect(answers.map((answer) => [...said(answer)].sort())).toEqual(more.map((some) => [...always, ...some].sort()));
      expect(answers[0].limits!.map(({ at }) => at)).toEqual(answers[0].limits!.map(() => 'sidecar inventory/catalog-v1'));
    });

    it('has the gateway ask the one who counts, where proxies ask and nowhere else', async () => {
      const requests = [count(GATEWAY, 8081), count(GATEWAY, 8080), count({ workload: 'shop/web-v1' }, 8081)];
      const answers = await Promise.all([mesh.answers(requests), withNetwork(mesh).answers(requests)]);
      const may = [true, false, false];
      expect(answers.map((some) => some.map(({ allowed }) => allowed))).toEqual([may, may]);
    });
  });
});
