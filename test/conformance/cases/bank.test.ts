import { App } from 'cdk8s';
import { Bank } from '../../../apps/bank/bank';
import { forEachPlane } from '../../for-each-plane';
import type { Caller, Token } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, PLAINTEXT, sharesOf, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

const FRONTS = ['bank/web', 'bank/api'].flatMap((from) => [
  { from, to: 'bank/accounts', port: 8080, only: ['GET /accounts/1'] },
  { from, to: 'bank/payments', port: 8080, only: ['POST /payments'] },
  { from, to: 'bank/statements', port: 8080, only: ['GET /statements/1'] },
]);

const ALLOWED = [
  ...FRONTS,
  { from: 'bank/payments', to: 'bank/accounts', port: 8080, only: ['POST /bookings'] },
  { from: 'bank/payments', to: 'kafka/kafka', port: 9092 },
  { from: 'bank/statements', to: 'kafka/kafka', port: 9092 },
  { from: 'kafka/kafka', to: 'kafka/kafka' },
  { from: 'bank/close-day', to: 'bank/statements', port: 8080, only: ['POST /close-day'] },
];

const TOKEN: Token = { issuer: 'https://id.example.com', subject: 'a-customer', audiences: ['bank'] };

const LABELS = { 'app.kubernetes.io/name': 'prometheus' };
const PROMETHEUS: Caller = { pod: { namespace: 'monitoring', labels: LABELS, serviceAccount: 'prometheus', proxy: 'ztunnel' } };
const ask = (from: Caller, port: number) => ({ from, to: { podOf: 'bank/accounts-v1', port }, path: '/metrics' });

describe('the bank', () => {
  forEachPlane(({ dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Bank(new App(), 'bank', { dataPlane }));
    });

    it('lets in the calls that it declares, and nobody else', async () => {
      await expectOnly(mesh, ALLOWED);
      await expectOnly(withNetwork(mesh), ALLOWED);
    });

    it('has customers at its web page, and those with a token of the bank at its API', async () => {
      const api = 'https://api.bank.example.com/v1/accounts';
      const answers = await mesh.answers([
        enter('https://bank.example.com/login'),
        enter(api, { token: TOKEN }),
        enter(api),
        enter(api, { token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
        enter(api, { token: { ...TOKEN, audiences: ['shop'] } }),
        enter('https://api.bank.example.com/metrics', { token: TOKEN }),
      ]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false, false, false]);
      expect(answers.slice(0, 2).map(sharesOf)).toEqual([{ 'bank/web-v1': 100 }, { 'bank/api-v1': 100 }]);
    });

    it('has Prometheus read the metrics at its pods, and nothing else', async () => {
      const requests = [ask(PROMETHEUS, 9090), ask(PROMETHEUS, 8080), ask(STRANGERS.ambient, 9090), ask(PLAINTEXT, 9090)];
      const answers = await Promise.all([mesh.answers(requests), withNetwork(mesh).answers(requests)]);
      const read = [true, false, false, false];
      expect(answers.map((some) => some.map(({ allowed }) => allowed))).toEqual([read, read]);
    });

    it.each([
      ['bank/payments-v1', true],
      ['bank/statements-v1', true],
      ['kafka/kafka', true],
      ['bank/accounts-v1', false],
    ])('has the brokers called by their own names by those who may: %s', async (workload, isAllowed) => {
      const to = (name: string) => ({ from: { workload }, to: { host: `${name}.kafka.svc.cluster.local`, port: 9092 } });
      const answers = await Promise.all([mesh.answer(to('kafka-1.kafka-peers')), withNetwork(mesh).answer(to('kafka-peers'))]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([isAllowed, isAllowed]);
    });
  });
});
