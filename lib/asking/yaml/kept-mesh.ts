import { type Fields, fieldsOf, listOf, textOf } from '../../cluster/objects/fields';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import type { DataPlaneMode, WaypointFacts } from '../../model/namespace-facts';
import { labelsOf } from '../../rules/cluster-of';
import { MeshError } from '../../support/mesh-error';
import { jsonIn } from '../../support/yaml/json-in';
import type { YamlFile } from './yaml-file';

/** What a program has said of its mesh and no manifest tells. */
export type MeshWords = Pick<MeshModel, (typeof WORDS)[number] | 'namespacesElsewhere'>;

const WORDS = ['trustDomain', 'trustDomainAliases', 'clusterDomain', 'rootNamespace', 'pathNormalization'] as const;
const BEGINNING = /^\s*\{\s*"(version|trustDomain)"\s*:/;

/** Whether a file is the mesh.json of a synth, which holds no manifests itself. */
export function isKeptMesh({ text }: YamlFile): boolean {
  return BEGINNING.test(text) && jsonIn(text) !== undefined;
}

/** The clusters of a mesh.json: one, or one for each App of the program. */
function clustersIn({ text }: YamlFile): readonly Fields[] {
  const kept = fieldsOf(jsonIn(text));
  return 'clusters' in kept ? listOf(kept.clusters) : [kept];
}

/** What such files say of these objects: of several clusters the one whose objects they are. */
export function wordsIn(files: readonly YamlFile[], objects: readonly ManifestObject[]): Partial<MeshWords> {
  const words = files.map((file) => wordsOf(clusterOf(file, objects)));
  return Object.assign({}, ...words) as Partial<MeshWords>;
}

/** The same objects with the lines of the program that said them. */
export function withLines(files: readonly YamlFile[], objects: readonly ManifestObject[]): ManifestObject[] {
  const said = files.flatMap((file) => listOf(clusterOf(file, objects).objects));
  const lines = new Map(said.map((one) => [identityOf(one), textOf(one.declaredAt)]));
  return objects.map((object) => {
    const line = lines.get(identityOf(object));
    return line === undefined ? object : { ...object, site: { line } };
  });
}

function clusterOf(file: YamlFile, objects: readonly ManifestObject[]): Fields {
  const there = new Set(objects.map(identityOf));
  const matches = clustersIn(file).map((cluster) => ({ cluster, match: matchOf(cluster, there) }));
  const most = Math.max(...matches.map(({ match }) => match));
  const [first, ...others] = matches.filter(({ match }) => match === most).map(({ cluster }) => cluster);
  if (others.some((other) => JSON.stringify(wordsOf(other)) !== JSON.stringify(wordsOf(first)))) refuseSeveral(file, others.length + 1);
  return first;
}

/** How many of its objects are there more than are not. */
function matchOf(cluster: Fields, there: ReadonlySet<string>): number {
  const said = listOf(cluster.objects).map(identityOf);
  return said.reduce((sum, identity) => sum + (there.has(identity) ? 1 : -1), 0);
}

function wordsOf(cluster: Fields): Partial<MeshWords> {
  const said = WORDS.filter((word) => cluster[word] !== undefined).map((word) => [word, cluster[word]]);
  const joined = listOf(cluster.namespaces).filter(({ enrolled }) => enrolled === true);
  const labels = joined.map(({ name, mode, waypoint }) => [name, labelsOf(mode as DataPlaneMode, waypoint as WaypointFacts | undefined)]);
  return { ...(Object.fromEntries(said) as Partial<MeshWords>), namespacesElsewhere: Object.fromEntries(labels) };
}

function identityOf({ apiVersion, kind, name, namespaceName }: Fields | ManifestObject): string {
  return JSON.stringify([apiVersion, kind, name, namespaceName ?? '']);
}

function refuseSeveral({ name }: YamlFile, count: number): never {
  throw new MeshError({
    code: 'MESH885',
    at: name,
    what: 'the manifests are those of one cluster that mesh.json tells of',
    got: `manifests that ${count} of its clusters have alike`,
    fix: 'pass the manifests of one cluster beside it',
  });
}
