import type { WrittenMeshFacts, WrittenService } from '../../model/written/written-mesh';
import { MeshError } from '../../support/mesh-error';
import { quoted } from '../../support/options/described';
import type { Check } from '../../support/options/kind';
import { nearestOf } from '../../support/options/nearest';
import { jsonIn } from '../../support/yaml/json-in';
import { WRITTEN_JSON, WRITTEN_SERVICE, type WrittenJson } from './written-shape';

/** Version of the layout that this library writes and reads. */
const VERSION = 1;

/** What a text of a mesh.json says of the App that is meant. */
export function readWritten(source: string, text: string, cluster: string | undefined): WrittenMeshFacts {
  const kept = jsonIn(text);
  if (!isObject(kept)) refuse(source, 'its text', text.trim().split('\n')[0].slice(0, 40) || 'nothing', 'JSON');
  const { version = VERSION, clusters } = kept as Fields;
  if (version !== VERSION) refuseVersion(source, version);
  // Several Apps, as `npm run synth` writes them, or one, as a report does.
  const all = Array.isArray(clusters) ? (clusters as unknown[]) : [kept];
  const read = all.map((one, index) => clusterIn(source, clusters === undefined ? '' : `clusters[${index}]`, one));
  const { objects: _, ...meant } = meantOf(source, read, cluster);
  return { source, ...meant };
}

type Fields = Readonly<Record<string, unknown>>;

function clusterIn(source: string, path: string, value: unknown): WrittenJson {
  requireShape(source, path, value, WRITTEN_JSON);
  const written = value as WrittenJson;
  const guarded = written.others.filter((one): one is WrittenService => one.kind === 'service' && one.isGuarded === true);
  for (const one of guarded) requireShape(source, inside(path, `others ${one.key}`), one, WRITTEN_SERVICE);
  return { ...written, services: [...written.services, ...guarded] };
}

/** Asks no more than that what is read is there: a later version may have added fields. */
function requireShape(source: string, path: string, value: unknown, kind: Check): void {
  if (value === undefined && kind.isOptional) return;
  if (!kind.isOne(value)) refuse(source, path === '' ? 'its text' : path, quoted(value), kind.wanted);
  for (const [key, member] of Object.entries(kind.members ?? {})) requireShape(source, inside(path, key), (value as Fields)[key], member);
  if (!kind.each) return;
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value as Fields);
  for (const [key, each] of entries) requireShape(source, typeof key === 'number' ? `${path}[${key}]` : inside(path, key), each, kind.each);
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(source: string, place: string, got: unknown, wanted: string): never {
  throw new MeshError({
    code: 'MESH943',
    at: 'WrittenMesh',
    what: `${place} of ${source} is ${wanted}, as synth writes a mesh.json`,
    got,
    fix: 'pass the mesh.json of a synth as it is, or what MeshReport.toJson gives; written by an older version of this library, it has to be written anew',
  });
}

function refuseVersion(source: string, version: unknown): never {
  throw new MeshError({
    code: 'MESH944',
    at: 'WrittenMesh',
    what: `a mesh.json is read in version ${VERSION} of its layout`,
    got: `version ${String(version)} in ${source}`,
    fix: 'use the same version of this library in both programs',
  });
}

function meantOf(source: string, all: readonly WrittenJson[], cluster: string | undefined): WrittenJson {
  const meant = cluster === undefined ? all : all.filter((one) => namesOf(one).includes(cluster));
  if (meant.length === 1) return meant[0];
  const known = all.map((one) => namesOf(one).join(' or ') || 'one without objects');
  const near = cluster === undefined ? undefined : nearestOf(cluster, all.flatMap(namesOf));
  throw new MeshError({
    code: 'MESH945',
    at: 'WrittenMesh',
    what: `one cluster of ${source} is meant, and a program writes one for each of its Apps`,
    got:
      cluster === undefined
        ? `no cluster, and ${all.length} are there`
        : `cluster ${quoted(cluster) as string}, which fits ${meant.length} of ${all.length}`,
    fix: `${near === undefined || meant.length > 0 ? '' : `did you mean ${near}? `}set cluster to the name of one, or to the id of a chart in it: ${known.join('; ') || 'it has none'}`,
  });
}

/** The name of the cluster, and what stands right below the App. */
function namesOf({ cluster, objects }: WrittenJson): string[] {
  const charts = objects.map(({ path }) => path.split('/')[0]).sort();
  return [...new Set([...(cluster ? [cluster.name] : []), ...charts])];
}
