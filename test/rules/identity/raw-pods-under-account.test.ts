import { MeshedService, MeshPort, MeshReport } from 'istio-constructs';
import { rawPodsUnderAccount } from '../../../lib/rules/identity/raw-pods-under-account';
import { shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { deployment } from './raw-deployment';

function found(plane: PlaneUnderTest, serviceAccountName?: string): string[] {
  const { chart } = shop(plane);
  deployment(chart, { labels: { app: 'robot' }, serviceAccountName });
  return MeshReport.of(chart)
    .findings.filter(({ code }) => code === rawPodsUnderAccount.code)
    .map(({ path }) => path);
}

describe(rawPodsUnderAccount.title, () => {
  forEachPlane((plane) => {
    it('fails at pods that name the account of a service', () => {
      expect(found(plane, 'cart')).toEqual(['test/added']);
    });

    it('takes pods under an account of their own, or none', () => {
      expect(found(plane, 'robot')).toEqual([]);
      expect(found(plane)).toEqual([]);
    });

    it('takes the workload of somebody else that the service is over', () => {
      const { chart, shop: namespace } = shop(plane);
      const workload = deployment(chart, { labels: { app: 'robot' }, serviceAccountName: 'robot' });
      MeshedService.fromWorkload(namespace, 'robot', workload, { ports: [MeshPort.http(8080)] });
      expect(MeshReport.of(chart).findings.filter(({ code }) => code === rawPodsUnderAccount.code)).toEqual([]);
    });
  });
});
