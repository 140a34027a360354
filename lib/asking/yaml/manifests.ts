import { isNode, LineCounter } from 'yaml';
import { fieldsOf } from '../../cluster/objects/fields';
import { groupKindOf, groupOf, keyOf, nameOf } from '../../cluster/objects/manifest-object';
import { objectsIn, type Origin } from '../../cluster/objects/parsed-manifests';
import { isClusterScoped } from '../../istio/cluster-scoped';
import type { FieldPath, Position } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { MeshError } from '../../support/mesh-error';
import { refuseAll } from '../../support/telling/mesh-errors';
import { nearestOf } from '../../support/options/nearest';
import { documentsIn, type TextDocument } from './documents';
import { offsetOfField } from './field-place';
import { isKeptMesh, type MeshWords, withLines, wordsIn } from './kept-mesh';
import { kindsOf } from './kinds';
import { spliceFor } from './splices';
import { type Trouble, troublesOf } from './trouble';
import { tooLong } from './text-size';
import type { YamlFile } from './yaml-file';

type Refuse = (wrong: MeshError) => void;

/** What some files hold. */
export interface ReadManifests {
  readonly objects: readonly ManifestObject[];
  /** What a mesh.json among them says beside. */
  readonly words: Partial<MeshWords>;
  /** What cannot be read, or not in one way, and is left out. */
  readonly wrongs: readonly MeshError[];
}

/** All that can be read in some files: the objects, each with its place, what findings and verdicts call its path. */
export function readManifests(files: readonly YamlFile[]): ReadManifests {
  const kept = files.filter(isKeptMesh);
  const wrongs: MeshError[] = [];
  const refuse: Refuse = (wrong) => wrongs.push(wrong);
  const long = files.map(tooLong);
  wrongs.push(...long.flatMap((wrong) => wrong ?? []));
  const read = files.filter((file, index) => !long[index] && !isKeptMesh(file)).flatMap((file) => objectsOfFile(file, refuse));
  const byName = new Map<string, ManifestObject>();
  const twice: Twice[] = [];
  const objects = read.filter((object) => isFirst(byName, object, twice));
  refuseTwice(twice, refuse);
  return kept.length === 0 ? { objects, words: {}, wrongs } : { objects: withLines(kept, objects), words: wordsIn(kept, objects), wrongs };
}

/** The objects of files that can be read as a whole, and in one way; others are refused for all that is wrong in them. */
export function manifestsIn(files: readonly YamlFile[]): ManifestObject[] {
  const { objects, wrongs } = readManifests(files);
  refuseAll(wrongs);
  return [...objects];
}

function objectsOfFile({ name: file, text, namespaceName }: YamlFile, refuse: Refuse): ManifestObject[] {
  const lineCounter = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col };
  };
  const troubleIn = troublesOf(text);
  let isTemplate = false;
  const objects: ManifestObject[] = [];
  for (const read of documentsIn(text, lineCounter)) {
    const trouble = troubleIn(read.document);
    // What is a template in one place is one as a whole.
    if (trouble && !(isTemplate && trouble.what === 'template')) refuse(textWrong(placeText(positionOf(trouble.offset)), trouble));
    isTemplate ||= trouble?.what === 'template';
    if (!trouble) objects.push(...objectsOfDocument(read, positionOf, refuse));
  }
  return namespaceName === undefined ? objects : objects.map((object) => within(namespaceName, object));
}

type PositionOf = (offset: number) => Position;

function objectsOfDocument({ document, again }: TextDocument, positionOf: PositionOf, refuse: Refuse): ManifestObject[] {
  const manifest: unknown = document.toJS({ maxAliasCount: -1 });
  if (manifest === null || manifest === undefined) return [];
  const position = (keys: FieldPath): Position => {
    const node: unknown = keys.length === 0 ? document.contents : document.getIn(keys, true);
    return positionOf(isNode(node) && node.range ? node.range[0] : document.range[0]);
  };
  requireObjects(manifest, [], (keys) => placeText(position(keys)), refuse);
  const found = objectsIn(manifest, { position, ...fieldsIn(again, positionOf) });
  return found.map((object) => ({ ...object, path: placeText(object.position!) })).filter((object) => isOfKnownKind(object, refuse));
}

/** Where the fields of a document stand, of which few are ever asked about. */
function fieldsIn(again: TextDocument['again'], positionOf: PositionOf): Pick<Origin, 'pathOf' | 'editFor'> {
  return {
    pathOf: (keys) => {
      const { document, start } = again();
      return placeText(positionOf(start + offsetOfField(document, keys)));
    },
    editFor: (cure) => {
      const { document, text, start } = again();
      const splice = spliceFor(document, text, cure);
      return splice && { ...positionOf(start + splice.offset), ...splice, offset: start + splice.offset };
    },
  };
}

function within(namespaceName: string, object: ManifestObject): ManifestObject {
  return object.namespaceName !== undefined || isClusterScoped(object.kind) ? object : { ...object, namespaceName };
}

/** `k8s/cart.yaml:12:1`. */
export function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

export function textWrong(at: string, { what, text }: Trouble): MeshError {
  if (what === 'template') {
    return new MeshError({
      code: 'MESH891',
      at,
      what: 'manifests are whole: nobody here fills in templates',
      got: text,
      fix: 'pass what `helm template` or `kustomize build` writes',
    });
  }
  return new MeshError({ code: 'MESH890', at, what: 'manifests are YAML or JSON', got: text, fix: 'mend it at this place' });
}

/** An object, and where it is a list each of its items. */
function requireObjects(manifest: unknown, keys: FieldPath, at: (keys: FieldPath) => string, refuse: Refuse): void {
  requireObject(at(keys), manifest, refuse);
  const { kind, items } = fieldsOf(manifest);
  if (kind !== 'List' || !Array.isArray(items)) return;
  items.forEach((item: unknown, index) => requireObjects(item, [...keys, 'items', index], at, refuse));
}

function requireObject(at: string, manifest: unknown, refuse: Refuse): void {
  const { apiVersion, kind } = fieldsOf(manifest);
  if (typeof apiVersion === 'string' && typeof kind === 'string') return;
  const missing = [typeof apiVersion === 'string' ? [] : 'apiVersion', typeof kind === 'string' ? [] : 'kind'].flat();
  refuse(
    new MeshError({
      code: 'MESH892',
      at,
      what: 'each document is an object of Kubernetes, or a list of them',
      got: `no ${missing.join(' and no ')}`,
      fix: 'leave out what is no manifest, such as values of Helm',
    }),
  );
}

function isOfKnownKind(object: ManifestObject, refuse: Refuse): boolean {
  const { apiVersion, kind, path } = object;
  const kinds = kindsOf(groupOf(object));
  if (!kinds || kinds.includes(kind)) return true;
  const near = nearestOf(kind, kinds);
  refuse(
    new MeshError({
      code: 'MESH893',
      at: path,
      what: 'an object is of a kind that its API group has',
      got: `${kind} of ${apiVersion}`,
      fix: near === undefined ? `the kinds are ${kinds.join(', ')}` : `did you mean ${near}?`,
    }),
  );
  return false;
}

const EACH_BY_ITSELF =
  'versions of one mesh are read each by itself: read what `kustomize build` makes of a base and its overlay, or pass one of the files over, as `--exclude` does';

/** An object, and the same before it. */
interface Twice {
  readonly object: ManifestObject;
  readonly first: ManifestObject;
}

/** Of two only one would be in the cluster, and nothing tells which. */
function isFirst(byName: Map<string, ManifestObject>, object: ManifestObject, twice: Twice[]): boolean {
  const key = `${groupKindOf(object)} ${keyOf(object)}`;
  const first = byName.get(key);
  if (object.name === '' || !first) {
    byName.set(key, object);
    return true;
  }
  twice.push({ object, first });
  return false;
}

/** Two files that have the same objects, such as overlays of one base, are told once. */
function refuseTwice(twice: readonly Twice[], refuse: Refuse): void {
  const ofPair = ({ object, first }: Twice): string => {
    const [one, other] = [first.position?.file, object.position?.file];
    return one === other ? object.path : `${one}\n${other}`;
  };
  for (const [{ object, first }, ...others] of groupedBy(twice, ofPair).values()) {
    const more = others.length === 0 ? '' : `; and so ${others.length === 1 ? 'is 1 more' : `are ${others.length} more`} of the two files`;
    refuse(
      new MeshError({
        code: 'MESH894',
        at: object.path,
        what: 'an object stands once in the manifests',
        got: `${nameOf(object)}, which is at ${first.path} already${more}`,
        fix: first.position?.file === object.position?.file ? 'leave one of them out' : EACH_BY_ITSELF,
      }),
    );
  }
}
