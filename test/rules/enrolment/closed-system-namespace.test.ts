import { Mesh, MeshNamespace, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { closedSystemNamespace } from '../../../lib/rules/enrolment/closed-system-namespace';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const found = (chart: ReturnType<typeof newChart>): string[] =>
  MeshReport.of(chart)
    .findings.filter(({ code }) => code === closedSystemNamespace.code)
    .map(({ path }) => path);

describe(closedSystemNamespace.title, () => {
  forEachPlane(({ dataPlane }) => {
    it.each(['istio-system', 'kube-system'])('fails over %s', (name) => {
      const chart = newChart();
      new ZeroTrustNamespace(chart, name, { dataPlane });
      expect(found(chart)).toEqual([`test/${name}`]);
    });

    it('fails over the root namespace that the mesh names, and no longer over another', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { rootNamespace: 'mesh-config' });
      new ZeroTrustNamespace(chart, 'mesh-config', { dataPlane });
      new ZeroTrustNamespace(chart, 'istio-system', { dataPlane });
      expect(found(chart)).toEqual(['test/mesh-config']);
    });

    it('takes an open one', () => {
      const chart = newChart();
      new MeshNamespace(chart, 'istio-system', { dataPlane });
      expect(found(chart)).toEqual([]);
    });
  });
});
