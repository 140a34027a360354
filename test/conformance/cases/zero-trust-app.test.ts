import { App } from 'cdk8s';
import { Clinic, PLANES } from '../../../apps/zero-trust/zero-trust';
import type { Caller } from '../../../lib/verdict/requests/request';
import { forEachPlane } from '../../for-each-plane';
import { manifests } from '../../builders';
import { meshFrom, type MeshUnderTest } from '../mesh-under-test';
import type { Line } from '../requests';

describe('the zero-trust app', () => {
  forEachPlane(({ name, of }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = meshFrom(manifests(new Clinic(new App(), 'zero-trust', PLANES[name])));
      expect(await mesh.findings()).toEqual([]);
    });

    const workload = (key: string): Caller => ({ workload: `${key}-v1` });
    const PORTAL = workload('records/portal');
    const STRANGER: Caller = {
      identity: { namespace: 'audit', serviceAccount: 'intern', proxy: of({ sidecar: 'sidecar', ambient: 'ztunnel' }) },
    };
    const AUDITOR: Caller = {
      identity: { namespace: 'audit', serviceAccount: 'auditor', proxy: of({ sidecar: 'sidecar', ambient: 'ztunnel' }) },
    };
    const allowed = async (host: string, ...asked: [Caller, Line][]): Promise<boolean[]> =>
      (await mesh.answers(asked.map(([from, line]) => ({ from, to: { host: `${host}.svc.cluster.local`, port: 8080 }, ...line })))).map(
        (answer) => answer.allowed,
      );

    it('shows patients to the portal, and takes new ones from it alone', async () => {
      const [look, add] = [{ path: '/patients/7' }, { method: 'POST', path: '/patients' }];
      expect(await allowed('patients.records', [PORTAL, look], [PORTAL, add])).toEqual([true, true]);
      expect(
        await allowed(
          'patients.records',
          [STRANGER, look],
          [workload('lab/results'), look],
          [workload('archive/files'), add],
          [AUDITOR, add],
          [PORTAL, { method: 'DELETE', path: '/patients/7' }],
        ),
      ).toEqual(Array<boolean>(5).fill(false));
    });

    it('lets the auditor look, for his time, and not write', async () => {
      expect(await allowed('patients.records', [AUDITOR, { path: '/patients/7' }], [AUDITOR, { path: '/' }])).toEqual([true, false]);
    });

    it('refuses everybody what nobody does over the network, however it is written', async () => {
      const paths = ['/admin', '/admin/', '/admin/users', '//admin', '/admin;x'];
      const asked = paths.map((path): [Caller, Line] => [PORTAL, { path }]);
      expect(await allowed('patients.records', ...asked)).toEqual(paths.map(() => false));
    });

    it('shows results to the portal, behind whichever proxy decides for the laboratory', async () => {
      const look = { path: '/results/7' };
      expect(await allowed('results.lab', [PORTAL, look], [PORTAL, { ...look, method: 'POST' }], [STRANGER, look])).toEqual([
        true,
        false,
        false,
      ]);
      const answer = await mesh.answer({ from: PORTAL, to: { host: 'results.lab.svc.cluster.local', port: 8080 }, path: '/admin' });
      expect(answer.allowed).toBe(false);
    });

    it('still takes the callers of the archive that nobody knows', async () => {
      const put = { method: 'POST', path: '/files' };
      expect(await allowed('files.archive', [workload('records/patients'), put], [STRANGER, put])).toEqual([true, true]);
    });
  });
});
