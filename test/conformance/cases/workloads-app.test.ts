import { App } from 'cdk8s';
import { Billing } from '../../../apps/workloads/workloads';
import type { Request } from '../../../lib/verdict/requests/request';
import { forEachPlane } from '../../for-each-plane';
import { engine } from '../engine';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, PLAINTEXT, STRANGERS } from '../requests';

const to = (name: string, port: number): Request['to'] => ({ host: `${name}.billing.svc.cluster.local`, port });
const by = (workload: string) => ({ workload: `billing/${workload}` });
const LEDGER = ['ledger', 'ledger-peers', 'ledger-2.ledger-peers'].map((name) => to(name, 7000));

describe('the workloads app', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;
    const ask = async (requests: readonly Request[]): Promise<boolean[]> => (await mesh.answers(requests)).map(({ allowed }) => allowed);

    beforeAll(async () => {
      mesh = await judged(new Billing(new App(), 'workloads', { dataPlane }));
    });

    it('lets members of the ledger reach each other, and its callers reach all of them', async () => {
      const callers = ['ledger', 'invoices-v1', 'migrate-ledger-4-0-0'];
      // To itself no pod needs the mesh.
      const requests = callers.flatMap((caller) =>
        LEDGER.slice(caller === 'ledger' ? 2 : 0).map((target) => ({ from: by(caller), to: target })),
      );
      expect(await ask(requests)).toEqual(requests.map(() => true));
      const known = requests.filter(({ to: target }) => !('host' in target && target.host.startsWith('ledger-2')));
      const answers = await withNetwork(mesh).answers(known);
      expect(answers.map(({ allowed }) => allowed)).toEqual(known.map(() => true));
    });

    it('lets nobody else do so', async () => {
      const others = [by('reminders-v1'), by('close-day'), by('rates'), STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT];
      const requests = others.flatMap((from) =>
        [...LEDGER, { podOf: 'billing/ledger', port: 7000 }].map((target) => ({ from, to: target })),
      );
      expect(await ask(requests)).toEqual(requests.map(() => false));
    });

    it('lets what nobody calls send what it may, and nothing else', async () => {
      const send = (caller: string, method: string, path: string) => ({ from: by(caller), to: to('invoices', 8080), method, path });
      const answers = await ask([
        send('reminders-v1', 'GET', '/invoices/7'),
        send('reminders-v1', 'POST', '/invoices/7/reminders'),
        send('close-day', 'POST', '/close'),
        send('reminders-v1', 'POST', '/close'),
        send('close-day', 'GET', '/invoices/7'),
        send('migrate-ledger-4-0-0', 'GET', '/invoices/7'),
      ]);
      expect(answers).toEqual([true, true, true, false, false, false]);
    });

    it('lets nobody call a worker or a job', async () => {
      const targets = ['reminders-v1', 'migrate-ledger-4-0-0', 'close-day'].map((name) => ({ podOf: `billing/${name}`, port: 8080 }));
      const requests = targets.flatMap((target) => [by('invoices-v1'), STRANGERS.sidecar, PLAINTEXT].map((from) => ({ from, to: target })));
      expect(await ask(requests)).toEqual(requests.map(() => false));
    });

    it('brings customers to the invoices', async () => {
      expect((await mesh.answer(enter('https://billing.example.com/invoices/7'))).allowed).toBe(true);
    });

    it('has sidecars that end with their job, where there are sidecars', async () => {
      const planes = await engine().planes(mesh.manifests);
      const starts = Object.fromEntries(planes.map(({ workload, start }) => [workload, start]));
      expect(['migrate-ledger-4-0-0', 'close-day', 'invoices-v1', 'reminders-v1'].map((name) => starts[`billing/${name}`])).toEqual(
        of({ sidecar: ['native', 'native', 'native', 'last'], ambient: [undefined, undefined, undefined, undefined] }),
      );
    });
  });
});
