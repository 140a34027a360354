import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { disagreement, questionsAbout, withoutNetwork } from './agreement';
import { acted } from './controllers/acted';
import { installedBeside, INSTALLATIONS, withinNetwork } from './installations';
import { meshFrom } from './mesh-under-test';

const FOLDER = process.env.CONFORMANCE_MANIFESTS ?? '';

/** Every file that the programs under `apps/` write: one a data plane, and each a cluster of its own. */
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

/** Of connections that a VirtualService sends on by the server name of their TLS the evaluator says that it cannot tell; `cases/egress-app.test.ts` asks of them. */
const UNTOLD: Readonly<Record<string, string>> = {
  'egress/egress-sidecar.k8s.yaml': 'evaluator cannot tell: VirtualService egress/airline routes bytes, which is not read here',
};

const manifestsIn = (file: string): object[] =>
  parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => document.toJS() as object);

describe.each(FILES.sort())('%s', (file) => {
  // What a release controller leaves out of the manifests it makes in the cluster.
  const objects = [...acted(manifestsIn(file)), ...installedBeside(file)];
  const settings = INSTALLATIONS[file.split('/')[0]];

  it('is taken by the schemas, the webhook and every analyzer without a word', async () => {
    const mesh = meshFrom(objects, settings);
    const beside = installedBeside(file) as ReadonlyArray<{ kind: string; metadata: { namespace?: string; name: string } }>;
    const others = beside.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`);
    expect((await mesh.findings()).filter(({ object }) => !others.includes(object))).toEqual([]);
  });

  it('does with every request what the table of who reaches whom says', async () => {
    const mesh = meshFrom(withinNetwork(objects), settings);
    const cluster = withoutNetwork(mesh.cluster);
    const requests = questionsAbout(cluster);
    const answers = await mesh.answers(requests);
    const differences = requests.map((request, index) => [request, disagreement(cluster, request, answers[index])]);
    expect(differences.filter(([, difference]) => difference && difference !== UNTOLD[file])).toEqual([]);
  });
});

it('there are apps to judge', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(2);
});
