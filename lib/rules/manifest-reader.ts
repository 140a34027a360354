import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { sortedBy } from '../support/ordering';
import { groupedBy } from '../support/grouping';
import { perModel } from './per-model';

/** Some object of a manifest, of which nothing is known yet: what stands beside ours may hold anything. */
export type Fields = Readonly<Record<string, unknown>>;

export type Labels = Readonly<Record<string, string>>;

export const NETWORKING = 'networking.istio.io';
export const SECURITY = 'security.istio.io';
export const GATEWAY_API = 'gateway.networking.k8s.io';
export const CORE = '';

const NO_FIELDS: Fields = Object.freeze({});

/** The value as an object; an empty one when it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;
}

/** The value as a list of objects; an empty one when it is something else. */
export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** What a path of keys leads to, if anything. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => fieldsOf(at)[key], value);
}

/** Those entries of the value whose values are text. */
export function labelsOf(value: unknown): Labels {
  const fields = fieldsOf(value);
  const odd = Object.values(fields).some((each) => typeof each !== 'string');
  return odd ? Object.fromEntries(Object.entries(fields).filter(isTextEntry)) : (fields as Labels);
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

export function specOf(object: ManifestObject): Fields {
  return fieldsOf(object.manifest.spec);
}

export function metadataOf(object: ManifestObject): Fields {
  return fieldsOf(object.manifest.metadata);
}

function groupOf({ apiVersion }: ManifestObject): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? CORE : apiVersion.slice(0, slash);
}

/** Where kubectl puts an object that names no namespace. */
export function namespaceOf(object: ManifestObject): string {
  return object.namespaceName ?? 'default';
}

/** How messages name an object: `VirtualService shop/cart`. */
export function nameOf(object: ManifestObject): string {
  return `${object.kind} ${object.namespaceName === undefined ? '' : `${object.namespaceName}/`}${object.name}`;
}

/** Ours first, then by path: who was there before the one that a finding is about. */
export function byOwner(objects: Iterable<ManifestObject>): ManifestObject[] {
  return sortedBy(objects, ({ made, path }) => `${made ? 0 : 1}${path}`);
}

/** All objects by `group/Kind`, whatever the version. */
export const objectsByKind = perModel((model): ReadonlyMap<string, readonly ManifestObject[]> =>
  groupedBy(model.objects, (object) => `${groupOf(object)}/${object.kind}`),
);

export function objectsOf(model: MeshModel, group: string, kind: string): readonly ManifestObject[] {
  return objectsByKind(model).get(`${group}/${kind}`) ?? [];
}

/** Objects of a kind that no construct of this library made. */
export function rawObjectsOf(model: MeshModel, group: string, kind: string): readonly ManifestObject[] {
  return objectsOf(model, group, kind).filter((object) => !object.made);
}
