import { App, Yaml } from 'cdk8s';
import { join } from 'node:path';
import { MeshReport } from 'istio-constructs';
import { MovingShop } from '../../apps/ambient-migration/ambient-migration';
import { stageNamed, STAGES, type StageName } from '../../apps/ambient-migration/stages';
import type { Manifest } from '../builders';
import { schemaErrors } from '../schemas/schema-errors';
import { golden } from './golden-file';

const NAMES = Object.keys(STAGES) as StageName[];

const shopAt = (stage: StageName) => new MovingShop(new App(), 'ambient-migration', { dataPlane: STAGES[stage] });
const manifestsAt = (stage: StageName) => shopAt(stage).toJson() as Manifest[];
const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`;
const textsAt = (stage: StageName) => new Map(manifestsAt(stage).map((manifest) => [nameOf(manifest), Yaml.stringify(manifest)]));

/** Deployments whose pods restart with a stage. */
function restarted(last: StageName, stage: StageName): string[] {
  const templates = (name: StageName) =>
    new Map(manifestsAt(name).flatMap((one) => (one.kind === 'Deployment' ? [[one.metadata.name, JSON.stringify(one.spec!.template)]] : [])));
  const before = templates(last);
  return [...templates(stage)].flatMap(([name, template]) => (before.get(name) === template ? [] : [name]));
}

describe.each(NAMES.slice(1))('stage %s of a migration', (stage) => {
  const last = NAMES[NAMES.indexOf(stage) - 1];

  it('differs from the stage before by what was reviewed', () => {
    const [before, now] = [textsAt(last), textsAt(stage)];
    const changed = [...now].filter(([name, text]) => before.get(name) !== text).map(([, text]) => text);
    const left = [...before.keys()].filter((name) => !now.has(name)).map((name) => `# left behind: ${name}\n`);
    const text = [left.join(''), ...changed].filter(Boolean).join('---\n');
    expect(text).toBe(golden(join(__dirname, 'ambient-migration/stages', `${stage}.yaml`), text));
  });

  it('satisfies the schemas, and its findings are there to inform', () => {
    expect(manifestsAt(stage).flatMap(schemaErrors)).toEqual([]);
    const { findings } = MeshReport.of(shopAt(stage));
    const moving = ['info MESH135 at edge', 'info MESH135 at shop', 'info MESH310 at shop/product'];
    expect(findings.map(({ level, code, path }) => `${level} ${code} at ${path.replace('ambient-migration/', '')}`)).toEqual(
      stage === 'ambient' ? [] : moving,
    );
  });
});

it('each Deployment restarts with the stage that prepares it and with its wave, and those of others never', () => {
  expect(NAMES.slice(1).map((stage, index) => [stage, restarted(NAMES[index], stage)])).toEqual([
    ['prepare', ['web-v1', 'cart-v1', 'product-v1', 'product-v2']],
    ['wave-1', ['web-v1']],
    ['wave-2', ['cart-v1']],
    ['wave-3', ['product-v1', 'product-v2']],
    ['ambient', []],
  ]);
});

it('a stage that there is not is refused by name', () => {
  expect(() => stageNamed('wave-9')).toThrow(/There is no stage wave-9; there are sidecar, prepare, wave-1/);
});
