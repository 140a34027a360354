import { ApiObject } from 'cdk8s';
import { DataPlane, Deferred, IstioInstallation, type IstioRevision, MeshNamespace, MeshReport, Waypoint } from 'istio-constructs';
import { unknownRevision } from '../../../lib/rules/installed/unknown-revision';
import { newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const TWO: IstioRevision[] = [
  { name: '1-30-5', tags: ['default'] },
  { name: '1-31-1', tags: ['prod'] },
];
const NAMED: IstioRevision[] = [{ name: '1-31-1', tags: ['prod'] }];

describe(unknownRevision.title, () => {
  const found = (revisions: IstioRevision[] | undefined, dataPlane: DataPlane) => {
    const chart = newChart();
    new IstioInstallation(chart, 'istio', { revisions });
    service(new MeshNamespace(chart, 'shop', { dataPlane }), 'cart');
    return MeshReport.of(chart).findings.filter(({ code }) => code === unknownRevision.code);
  };

  forEachPlane((plane) => {
    const naming = (revision: string) =>
      plane.of({ sidecar: DataPlane.sidecar({ revision }), ambient: DataPlane.ambient({ revision, waypoint: Waypoint.ALWAYS }) });

    it('is silent where a control plane has the name or the tag', () => {
      expect(found(undefined, plane.dataPlane)).toEqual([]);
      expect(found(TWO, plane.dataPlane)).toEqual([]);
      for (const revision of ['1-30-5', '1-31-1', 'prod', 'default']) expect(found(TWO, naming(revision))).toEqual([]);
    });

    it('fails for one that nobody has', () => {
      const paths = plane.of({ sidecar: ['test/shop/Resource', 'test/shop/cart/v1/Resource'], ambient: ['test/shop/Waypoint/Resource'] });
      expect(found(TWO, naming('canary')).map(({ path }) => path)).toEqual(paths);
    });
  });

  it('fails for the default one where no control plane is that', () => {
    expect(found(NAMED, DataPlane.sidecar())).toMatchObject([
      { level: 'error', path: 'test/shop/Resource', text: expect.stringContaining("fix: say tags: ['default'] at one of the revisions") },
    ]);
    expect(found(NAMED, DataPlane.ambient())).toEqual([]);
  });

  it('waits for a label that is known only later, and says which is near', () => {
    const codes = (label: string) => {
      const chart = newChart();
      new IstioInstallation(chart, 'istio', { revisions: NAMED });
      const metadata = { name: 'legacy', labels: { 'istio.io/rev': label } };
      new ApiObject(chart, 'legacy', { apiVersion: 'v1', kind: 'Namespace', metadata });
      return MeshReport.of(chart).findings.filter(({ code }) => code === unknownRevision.code);
    };
    expect(codes(Deferred.text(1))).toEqual([]);
    expect(codes('prd')).toMatchObject([{ text: expect.stringContaining('did you mean prod?') }]);
  });
});
