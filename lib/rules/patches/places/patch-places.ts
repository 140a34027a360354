import { type Labels, labelsOf, listOf, numberOf, textOf, valueAt } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import type { ManifestObject } from '../../../model/mesh-model';
import { shareVersion } from './proxy-versions';

/** What one patch of an EnvoyFilter is about. */
export interface PatchPlace {
  readonly applyTo?: string;
  readonly context: string;
  /** A pattern for the versions of proxies. */
  readonly version?: string;
  /** What proxies have to say of themselves. */
  readonly metadata: Labels;
  /** What the match says at its places, in the order of `SAID`. */
  readonly said: readonly (string | undefined)[];
  /** The part that it goes by. */
  readonly anchor?: string;
  /** The name of the part that it puts there. */
  readonly puts?: string;
}

const ANY = 'ANY';
// Of two patches that say something else at one of these, no proxy has anything that both fit.
const SAID = [
  ['listener', 'portNumber'],
  ['listener', 'name'],
  ['listener', 'filterChain', 'name'],
  ['listener', 'filterChain', 'sni'],
  ['listener', 'filterChain', 'destinationPort'],
  ['routeConfiguration', 'portNumber'],
  ['routeConfiguration', 'name'],
  ['routeConfiguration', 'gateway'],
  ['routeConfiguration', 'vhost', 'name'],
  ['routeConfiguration', 'vhost', 'route', 'name'],
  ['cluster', 'portNumber'],
  ['cluster', 'name'],
  ['cluster', 'service'],
  ['cluster', 'subset'],
];
const FILTER = ['listener', 'filterChain', 'filter'];

export function patchPlaces(object: ManifestObject): PatchPlace[] {
  return listOf(specOf(object).configPatches).map(({ applyTo, match, patch }) => ({
    applyTo: textOf(applyTo),
    context: textOf(valueAt(match, 'context')) ?? ANY,
    version: wordAt(match, ['proxy', 'proxyVersion']),
    metadata: labelsOf(valueAt(match, 'proxy', 'metadata')),
    said: SAID.map((path) => wordAt(match, path)),
    anchor: wordAt(match, [...FILTER, 'subFilter', 'name']) ?? wordAt(match, [...FILTER, 'name']),
    puts: wordAt(patch, ['value', 'name']),
  }));
}

/** Whether both may find the same part of a proxy: two that go by other parts do not, unless one of them puts there what the other goes by. */
export function canMeet(one: PatchPlace, other: PatchPlace): boolean {
  if (one.applyTo !== other.applyTo) return false;
  if (one.context !== other.context && ![one.context, other.context].includes(ANY)) return false;
  if (!areOfOneProxy(one, other)) return false;
  if (one.said.some((word, index) => isOther(word, other.said[index]))) return false;
  return !isOther(one.anchor, other.anchor) || one.puts === other.anchor || other.puts === one.anchor;
}

function areOfOneProxy(one: PatchPlace, other: PatchPlace): boolean {
  if (Object.entries(one.metadata).some(([key, value]) => isOther(value, other.metadata[key]))) return false;
  return one.version === undefined || other.version === undefined || shareVersion(one.version, other.version);
}

function isOther(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function wordAt(value: unknown, path: readonly string[]): string | undefined {
  const said = valueAt(value, ...path);
  const text = textOf(said) ?? numberOf(said)?.toString();
  // Nothing, as 0 is for a port, is any.
  return text === '' || text === '0' ? undefined : text;
}
