import { MeshReport, Verdicts } from 'istio-constructs';
import { shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { CART, deployment, namespace, policy, SIDECAR, STRICT } from '../verdict/fixtures';

const MESH = namespace('shop', SIDECAR) + deployment('web', 'web', 'v1') + CART + STRICT;

describe('findings of manifests', () => {
  it('are none where all is well', () => {
    expect(Verdicts.ofYaml(MESH).findings.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('stand at the place of the object', () => {
    const lost = policy('lost', 'selektor: {matchLabels: {app: gone}}, rules: [{}]').trim();
    const found = Verdicts.ofFiles({ name: 'mesh.yaml', text: MESH }, { name: 'lost.yaml', text: lost }).findings;
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['MESH119 lost.yaml:1:1']);
  });

  forEachPlane((plane) => {
    it('are those of the report for an App', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { port: 9090 });
      expect(Verdicts.of(chart).findings).toEqual(MeshReport.of(chart).findings);
      expect(Verdicts.of(chart).findings[0]).toMatchObject({ code: 'MESH203', level: 'error' });
    });
  });
});
