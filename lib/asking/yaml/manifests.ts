import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import { fieldsOf } from '../../cluster/objects/fields';
import { groupKindOf, groupOf, keyOf, nameOf } from '../../cluster/objects/manifest-object';
import { objectsIn } from '../../cluster/objects/parsed-manifests';
import type { Position } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { MeshError } from '../../support/mesh-error';
import { nearestOf } from '../../support/options/nearest';
import { kindsOf } from './kinds';
import { type Trouble, troublesOf } from './trouble';
import type { YamlFile } from './yaml-file';

/** The objects of some files, each with its place: what findings and verdicts call its path. What cannot be read, or not in one way, is refused. */
export function manifestsIn(files: readonly YamlFile[]): ManifestObject[] {
  const objects = files.flatMap(objectsOfFile);
  const byName = new Map<string, ManifestObject>();
  for (const object of objects) requireOnce(byName, object);
  return objects;
}

function objectsOfFile({ name: file, text }: YamlFile): ManifestObject[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'silent' });
  const positionOf = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col };
  };
  const troubleIn = troublesOf(text);
  return documents.flatMap((document) => {
    const trouble = troubleIn(document);
    if (trouble) refuseText(placeText(positionOf(trouble.offset)), trouble);
    return objectsOfDocument(document, positionOf);
  });
}

function objectsOfDocument(document: Document.Parsed, positionOf: (offset: number) => Position): ManifestObject[] {
  const { contents } = document;
  const manifest: unknown = document.toJS({ maxAliasCount: -1 });
  if (manifest === null || manifest === undefined) return [];
  const position = (keys: readonly (string | number)[]): Position => {
    const node: unknown = keys.length === 0 ? contents : document.getIn(keys, true);
    return positionOf(isNode(node) && node.range ? node.range[0] : document.range[0]);
  };
  requireObject(placeText(position([])), manifest);
  const objects = objectsIn(manifest, { position }).map((object) => ({ ...object, path: placeText(object.position!) }));
  objects.forEach(requireKnownKind);
  return objects;
}

/** `k8s/cart.yaml:12:1`. */
export function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function refuseText(at: string, { what, text }: Trouble): never {
  if (what === 'template') {
    throw new MeshError({
      code: 'MESH891',
      at,
      what: 'manifests are whole: nobody here fills in templates',
      got: text,
      fix: 'pass what `helm template` or `kustomize build` writes',
    });
  }
  throw new MeshError({ code: 'MESH890', at, what: 'manifests are YAML or JSON', got: text, fix: 'mend it at this place' });
}

function requireObject(at: string, manifest: unknown): void {
  const { apiVersion, kind } = fieldsOf(manifest);
  if (typeof apiVersion === 'string' && typeof kind === 'string') return;
  const missing = [typeof apiVersion === 'string' ? [] : 'apiVersion', typeof kind === 'string' ? [] : 'kind'].flat();
  throw new MeshError({
    code: 'MESH892',
    at,
    what: 'each document is an object of Kubernetes, or a list of them',
    got: `no ${missing.join(' and no ')}`,
    fix: 'leave out what is no manifest, such as values of Helm',
  });
}

function requireKnownKind(object: ManifestObject): void {
  const { apiVersion, kind, path } = object;
  const kinds = kindsOf(groupOf(object));
  if (!kinds || kinds.includes(kind)) return;
  const near = nearestOf(kind, kinds);
  throw new MeshError({
    code: 'MESH893',
    at: path,
    what: 'an object is of a kind that its API group has',
    got: `${kind} of ${apiVersion}`,
    fix: near === undefined ? `the kinds are ${kinds.join(', ')}` : `did you mean ${near}?`,
  });
}

/** Of two only one would be in the cluster, and nothing tells which. */
function requireOnce(byName: Map<string, ManifestObject>, object: ManifestObject): void {
  if (object.name === '') return;
  const key = `${groupKindOf(object)} ${keyOf(object)}`;
  const first = byName.get(key);
  byName.set(key, object);
  if (!first) return;
  throw new MeshError({
    code: 'MESH894',
    at: object.path,
    what: 'an object stands once in the manifests',
    got: `${nameOf(object)}, which is at ${first.path} already`,
    fix: 'leave one of them out',
  });
}
