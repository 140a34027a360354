import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { LastNamespace, LastRelease, LastSynth, ObjectKey } from '../model/mesh-model';
import { jsonIn } from '../support/yaml/json-in';
import { sortedBy } from '../support/ordering';

const VERSION = 1;

type Json = Partial<Readonly<Record<string, unknown>>>;

/**
 * What the mesh.json of the last synth says: the one in the output folder, or the one that a variable names, for some tools empty the
 * folder first. Nothing where there is none, or none that this version reads.
 */
export function lastSynths(root: IConstruct): LastSynth[] {
  const { outdir } = root as Partial<App>;
  if (!outdir) return [];
  const file = process.env.ISTIO_CONSTRUCTS_LAST_MESH || join(outdir, 'mesh.json');
  if (!existsSync(file)) return [];
  const { version = VERSION, clusters, ...cluster } = objectOf(jsonIn(readFileSync(file, 'utf8')));
  if (version !== VERSION) return [];
  // Several clusters, as `npm run synth` writes them, or one, as a report does.
  return (clusters === undefined ? [cluster] : listOf(clusters)).map(({ namespaces, objects, routes }) => ({
    namespaces: listOf(namespaces).filter(isNamespace),
    objects: sortedBy(listOf(objects).filter(isObject), keyOf),
    releases: listOf(routes).filter(isRelease),
  }));
}

function isNamespace(value: Json): value is Json & LastNamespace {
  const { path, name, mode, migration, lastWave = 0 } = value;
  const { wave = 0 } = objectOf(migration);
  return [path, name, mode].every((each) => typeof each === 'string') && [wave, lastWave].every((each) => typeof each === 'number');
}

function isObject(value: Json): value is Json & ObjectKey {
  return [value.apiVersion, value.kind, value.name, value.namespaceName ?? ''].every((each) => typeof each === 'string');
}

function isRelease(value: Json): value is Json & LastRelease {
  const { service, router, controller } = value;
  return typeof service === 'string' && (router === 'istio' || router === 'gateway-api') && controller === 'flagger';
}

function keyOf({ kind, name }: ObjectKey): string {
  return `${kind} ${name}`;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? value : {};
}
