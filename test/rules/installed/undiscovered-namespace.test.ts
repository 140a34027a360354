import { Deferred, IstioInstallation, MeshNamespace, MeshReport } from 'istio-constructs';
import { undiscoveredNamespace } from '../../../lib/rules/installed/undiscovered-namespace';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { findings, raw } from '../model-builder';

describe(undiscoveredNamespace.title, () => {
  forEachPlane(({ dataPlane }) => {
    const found = (selectors: { [key: string]: string }[] | undefined, labels?: { [key: string]: string }) => {
      const chart = newChart();
      new IstioInstallation(chart, 'istio', { discoverySelectors: selectors });
      new MeshNamespace(chart, 'shop', { dataPlane, labels });
      return MeshReport.of(chart).findings.filter(({ code }) => code === 'MESH603');
    };

    it('is silent where istiod looks at all, or finds the namespace by any of the labels', () => {
      expect(found(undefined)).toEqual([]);
      expect(found([])).toEqual([]);
      expect(found([{ mesh: 'yes' }, { team: 'shop' }], { team: 'shop' })).toEqual([]);
      expect(found([{ 'kubernetes.io/metadata.name': 'shop' }])).toEqual([]);
    });

    it('fails for a namespace that has none of them, or not all of one', () => {
      expect(found([{ mesh: 'yes' }, { team: 'bank', area: 'eu' }], { team: 'bank' })).toMatchObject([
        { level: 'error', path: 'test/shop/Resource', text: expect.stringContaining('mesh: yes, or team: bank and area: eu') },
      ]);
    });
  });

  it('asks it of the root namespace too, and waits for a label that is known only later', () => {
    const root = (value: string) => ({
      ...raw('apiVersion: v1\nkind: Namespace\nmetadata: { name: mesh }')[0],
      manifest: { metadata: { name: 'mesh', labels: { mesh: value } } },
    });
    const codes = (value: string) =>
      findings(undiscoveredNamespace, { discoverySelectors: [{ mesh: 'yes' }], rootNamespace: 'mesh', objects: [root(value)] });
    expect(codes('no')).toHaveLength(1);
    expect(codes('yes')).toEqual([]);
    expect(codes(Deferred.text(1))).toEqual([]);
  });
});
