import { App } from 'cdk8s';
import { Payments } from '../../../apps/payments/payments';
import { forEachPlane } from '../../for-each-plane';
import type { Caller } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { type Line, sharesOf } from '../requests';

const CLERK = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['payments'], claims: { role: 'clerk' } };
const REFUND: Line = { method: 'POST', path: '/api/refunds/7' };

describe('the payments app', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Payments(new App(), 'payments', { dataPlane }));
    });

    const account = (namespace: string, serviceAccount: string): Caller => ({
      identity: { namespace, serviceAccount, proxy: of({ sidecar: 'sidecar', ambient: 'ztunnel' }) },
    });
    const FRONTEND = account('frontend', 'frontend-sa');
    const ask = (from: Caller, line: Line, service = 'payments-api') => ({
      from,
      to: { host: `${service}.payments.svc.cluster.local`, port: 8080 },
      ...line,
    });
    const allowed = async (...asked: [Caller, Line][]): Promise<boolean[]> =>
      (await mesh.answers(asked.map(([from, line]) => ask(from, line)))).map((answer) => answer.allowed);

    it('takes payments of the frontend and shows numbers to Prometheus, each nothing of the other', async () => {
      const [pay, look] = [{ method: 'POST', path: '/api/payments/7' }, { path: '/metrics' }];
      const prometheus = account('monitoring', 'prometheus');
      expect(await allowed([FRONTEND, pay], [prometheus, look])).toEqual([true, true]);
      expect(await allowed([FRONTEND, look], [prometheus, pay], [account('frontend', 'default'), pay])).toEqual([false, false, false]);
    });

    it('pays back for a clerk whom the frontend brings, and for nobody else', async () => {
      expect(await allowed([FRONTEND, { ...REFUND, token: CLERK }])).toEqual([true]);
      expect(
        await allowed(
          [FRONTEND, REFUND],
          [FRONTEND, { ...REFUND, token: { ...CLERK, claims: { role: 'guest' } } }],
          [FRONTEND, { ...REFUND, token: { ...CLERK, audiences: ['shop'] } }],
          [FRONTEND, { ...REFUND, token: { ...CLERK, issuer: 'https://other.example.com' } }],
          [FRONTEND, { path: '/api/refunds/7', token: CLERK }],
          [account('monitoring', 'prometheus'), { ...REFUND, token: CLERK }],
        ),
      ).toEqual(Array<boolean>(6).fill(false));
    });

    it('sends all payments to v1, and a tenth of them to v3 once more', async () => {
      const answer = await mesh.answer(ask(FRONTEND, { path: '/api/payments/7' }));
      expect(sharesOf(answer)).toEqual({ 'payments/payments-api-v1': 100 });
      expect(answer.copies).toMatchObject([{ workload: 'payments/payments-api-v3', weight: 10, allowed: true }]);
    });

    it('shows the green ledger to those who ask for it', async () => {
      const api = { workload: 'payments/payments-api-v1' };
      const [blue, green] = await mesh.answers([{}, { headers: { 'x-preview': 'green' } }].map((line) => ask(api, line, 'ledger')));
      expect([blue, green].map(sharesOf)).toEqual([{ 'payments/ledger-v1': 100 }, { 'payments/ledger-v2': 100 }]);
    });
  });
});
