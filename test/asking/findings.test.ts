import { App, Yaml } from 'cdk8s';
import { MeshReport, Verdicts } from 'istio-constructs';
import { MovingShop } from '../../apps/ambient-migration/ambient-migration';
import { STAGES, type StageName } from '../../apps/ambient-migration/stages';
import { shop } from '../builders';
import { filesOf, read } from '../architecture/sources';
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
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['MESH119 lost.yaml:4:8']);
  });

  const picky = policy('lost', 'selector: {matchLabels: {app: gone}}, rules: [{}]');
  const codes = (text: string) => Verdicts.ofYaml(text).findings.map(({ code }) => code);

  it('are those of a namespace whose contents are there', () => {
    expect(codes(MESH + picky)).toEqual(['MESH116']);
  });

  it('know accounts by the pods that run under them', () => {
    const names = (account: string) => policy('web', `rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/${account}]}}]}]`);
    expect(codes(MESH + names('web'))).toEqual([]);
    expect(codes(MESH + names('wbe'))).toEqual(['MESH204']);
  });

  it.each<[string, string]>([
    ['the namespace is elsewhere', MESH.replace(namespace('shop', SIDECAR), '')],
    ['its pods are elsewhere', namespace('shop', SIDECAR)],
    ['an operator makes more there', `${MESH}\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a, namespace: shop}\n---`],
  ])('keep silent about what may be elsewhere: %s', (_, text) => {
    expect(codes(text + picky)).not.toContain('MESH116');
  });

  forEachPlane((plane) => {
    it('are those of the report for an App', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { port: 9090 });
      expect(Verdicts.of(chart).findings).toEqual(MeshReport.of(chart).findings);
      expect(Verdicts.of(chart).findings[0]).toMatchObject({ code: 'MESH203', level: 'error' });
    });
  });

  // What a program says and its manifests do not: that the cluster has the CNI agent, and that requests may be sent twice.
  const UNSAID = ['MESH141', 'MESH307'];
  // The reason for which everybody may send spans to Tempo, and the trust domain, which the mesh configuration says.
  const REASONS: Readonly<Record<string, readonly string[]>> = {
    'test/golden/observability/ambient.yaml': ['MESH142'],
    'test/golden/install/ambient.yaml': ['MESH285'],
  };
  // These have what a stage changes alone.
  const WHOLE = /^(?!.*\/ambient-migration\/stages\/(wave-\d|ambient)\.yaml$)/;
  const goldens = filesOf('test/golden', '.yaml').filter((file) => WHOLE.test(file));

  it.each(goldens)("have no error and no warning in what our own programs write, read as anybody's: %s", (name) => {
    const { findings } = Verdicts.ofFiles({ name, text: read(name) });
    const told = findings.filter(({ level, code }) => level !== 'info' && ![...UNSAID, ...(REASONS[name] ?? [])].includes(code));
    expect(told.map(({ text }) => text)).toEqual([]);
  });

  it.each(['sidecar', 'prepare', 'ambient'])('have none in a migration as it stands at stage %s', (stage) => {
    const shop = new MovingShop(new App(), 'ambient-migration', { dataPlane: STAGES[stage as StageName] });
    const { findings } = Verdicts.ofYaml(Yaml.stringify(...(shop.toJson() as object[])));
    expect(findings.filter(({ level }) => level !== 'info').map(({ text }) => text)).toEqual([]);
  });
});
