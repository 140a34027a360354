import { App } from 'cdk8s';
import { JwtShop } from '../../../apps/jwt/jwt';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { enter, STRANGERS } from '../requests';

const CUSTOMER = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'] };
const CLERK = {
  issuer: 'https://staff.example.com',
  subject: 'bob',
  audiences: ['office'],
  claims: { groups: ['support'], realm_access: { roles: ['clerk'] } },
};
const PARTNER = { issuer: 'https://partners.example.org', subject: 'cy', audiences: ['office'] };
const FOREIGN = { ...CUSTOMER, issuer: 'https://elsewhere.example.com' };

type Token = typeof CUSTOMER | typeof CLERK | undefined;

describe('the jwt app', () => {
  forEachPlane(({ dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new JwtShop(new App(), 'jwt', { dataPlane }));
    });

    const allowed = async (url: string, ...tokens: Token[]): Promise<boolean[]> =>
      (await mesh.answers(tokens.map((token) => enter(url, { token })))).map((answer) => answer.allowed);

    const inside = async (caller: string, ...lines: Array<{ path: string; method?: string; token?: Token }>): Promise<boolean[]> => {
      const to = { host: 'orders.shop.svc.cluster.local', port: 8080 };
      return (await mesh.answers(lines.map((line) => ({ from: { workload: `shop/${caller}-v1` }, to, ...line })))).map(
        (one) => one.allowed,
      );
    };

    it('shows its pages to everybody, and refuses tokens that are wrong', async () => {
      expect(await allowed('https://shop.example.com/', undefined, CUSTOMER, FOREIGN, { ...CUSTOMER, audiences: ['desk'] })).toEqual([
        true,
        true,
        false,
        false,
      ]);
    });

    it('opens accounts to customers, however their path is written', async () => {
      expect(await allowed('https://shop.example.com/account/7', CUSTOMER, undefined, PARTNER)).toEqual([true, false, false]);
      const tricks = ['/account', '/account;x', '/account/..%2Faccount', '/x/../account'];
      const answers = await mesh.answers(tricks.map((path) => ({ ...enter('https://shop.example.com/'), path })));
      expect(answers.map((one) => one.allowed)).toEqual(tricks.map(() => false));
    });

    it('opens the office to groups of the staff and to partners', async () => {
      const guest = { ...CLERK, claims: { ...CLERK.claims, groups: ['cleaning'] } };
      const tokens = [CLERK, PARTNER, guest, CUSTOMER, undefined];
      expect(await allowed('https://office.example.com/', ...tokens)).toEqual([true, true, false, false, false]);
    });

    it('pays back for a clerk whom the office brings', async () => {
      const refund = { path: '/refunds/7', method: 'POST' };
      const other = { ...CLERK, claims: { ...CLERK.claims, realm_access: { roles: ['buyer'] } } };
      const lines = [
        { ...refund, token: CLERK },
        { path: '/orders/7' },
        refund,
        { ...refund, token: other },
        { ...refund, token: PARTNER },
      ];
      expect(await inside('office', ...lines)).toEqual([true, true, false, false, false]);
      expect(await inside('accounts', { path: '/orders/7' }, { ...refund, token: CLERK })).toEqual([true, false]);
      expect(await inside('web', { path: '/orders/7' })).toEqual([false]);
    });

    it('lets nobody pass the gateway with a right token', async () => {
      const to = { host: 'accounts.shop.svc.cluster.local', port: 8080 };
      const answers = await mesh.answers(Object.values(STRANGERS).map((from) => ({ from, to, path: '/account/7', token: CUSTOMER })));
      expect(answers.map((one) => one.allowed)).toEqual([false, false]);
    });
  });
});
