import { MeshedService, MeshPort, MeshReport } from 'istio-constructs';
import { rawPodsBehind } from '../../../lib/rules/identity/raw-pods-behind';
import { blueGreen, canary, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { deployment } from './raw-deployment';

function found(plane: PlaneUnderTest, labels: object, kind = 'Deployment'): string[] {
  const { chart } = shop(plane);
  deployment(chart, { labels, kind });
  return MeshReport.of(chart)
    .findings.filter(({ code }) => code === rawPodsBehind.code)
    .map(({ path }) => path);
}

describe(rawPodsBehind.title, () => {
  forEachPlane((plane) => {
    it.each(['Deployment', 'StatefulSet', 'Job'])('fails at a %s whose pods have the labels of a service', (kind) => {
      expect(found(plane, { app: 'cart', version: 'v3' }, kind)).toEqual(['test/added']);
    });

    it('takes pods with labels of their own, and what a release makes', () => {
      expect(found(plane, { app: 'robot' })).toEqual([]);
      const { chart, cart, product } = shop(plane);
      canary(cart);
      blueGreen(product);
      expect(MeshReport.of(chart).findings.filter(({ code }) => code === rawPodsBehind.code)).toEqual([]);
    });

    it('takes the workload of somebody else that the service is over', () => {
      const { chart, shop: namespace } = shop(plane);
      const workload = deployment(chart, { labels: { app: 'robot' } });
      MeshedService.fromWorkload(namespace, 'robot', workload, { ports: [MeshPort.http(8080)] });
      expect(MeshReport.of(chart).findings.filter(({ code }) => code === rawPodsBehind.code)).toEqual([]);
    });
  });
});
