import { LineCounter, parseAllDocuments, stringify } from 'yaml';
import { type Fields, fieldsOf, textOf, valueAt } from '../../cluster/objects/fields';
import { objectsIn } from '../../cluster/objects/parsed-manifests';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { FieldPath, Position } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import type { MeshError } from '../../support/mesh-error';
import { nearestOf } from '../../support/options/nearest';
import { offsetOfField } from './field-place';
import { placeText, readManifests, type ReadManifests, textWrong } from './manifests';
import { brokenMeshConfig, isMeshConfigMap, meshConfigIn, type MeshConfigWords } from './mesh-config';
import { MESH_CONFIG } from './mesh-shapes';
import { meshConfigWrong, wrongsOfMeshConfig } from './mesh-config-wrongs';
import { troublesOf } from './trouble';
import type { YamlFile } from './yaml-file';

/** What some files hold, and how the mesh is set up by them. */
export interface ReadMesh extends ReadManifests {
  readonly words: ReadManifests['words'] & MeshConfigWords;
}

/** Manifests, and the configuration of a mesh beside them, which counts instead of the one that stands among them. */
export function readMesh(files: readonly YamlFile[]): ReadMesh {
  const { objects: written, words, wrongs } = readManifests(files.filter(({ isMeshConfig }) => !isMeshConfig));
  const refused = [...wrongs];
  const own = files.filter(({ isMeshConfig }) => isMeshConfig).flatMap((file) => configMapOf(file, (wrong) => refused.push(wrong)) ?? []);
  const objects = own.length === 0 ? written : [...written.filter((object) => !isMeshConfigMap(object)), ...own];
  return { objects, words: { ...words, ...meshConfigIn(objects) }, wrongs: [...refused, ...brokenMeshConfig(objects)] };
}

/** The ConfigMap that istiod would read, of whatever form somebody keeps it in. */
function configMapOf({ name: file, text }: YamlFile, refuse: (wrong: MeshError) => void): ManifestObject | undefined {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'silent' });
  const positionOf = (offset: number) => ({ file, line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const troubles = documents.flatMap((document) => troublesOf(text)(document) ?? []);
  for (const trouble of troubles) refuse(textWrong(placeText(positionOf(trouble.offset)), trouble));
  if (troubles.length > 0) return undefined;
  const values = documents.map((document) => fieldsOf(document.toJS({ maxAliasCount: -1 })));
  const index = values.findIndex((value) => meshConfigOf(value) !== undefined);
  const position = positionOf(0);
  if (index < 0) return void refuse(noConfig(placeText(position), values));
  const { text: mesh, config, keys } = meshConfigOf(values[index])!;
  const placeOf = (field: FieldPath) => ({ at: placeText(positionOf(offsetOfField(documents[index], [...keys, ...field]))) });
  const wrongs = wrongsOfMeshConfig(config, placeOf);
  wrongs.forEach(refuse);
  return wrongs.length > 0 ? undefined : configMapWith(mesh ?? stringify(config), position);
}

function configMapWith(mesh: string, position: Position): ManifestObject {
  const metadata = { name: 'istio', namespace: ROOT_NAMESPACE };
  const [object] = objectsIn({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { mesh } }, { position: () => position });
  return { ...object, path: placeText(position) };
}

/** A configuration as some file has it: as the text in a ConfigMap, or as it is. */
interface WrittenConfig {
  readonly text?: string;
  readonly config?: unknown;
  readonly keys: FieldPath;
}

/** Of a ConfigMap, of an IstioOperator, of values for istiod's chart, or the configuration itself. */
function meshConfigOf(value: Fields): WrittenConfig | undefined {
  const { kind, meshConfig } = value;
  const text = textOf(valueAt(value, 'data', 'mesh'));
  if (kind === 'ConfigMap') return text === undefined ? undefined : { text, keys: [] };
  const keys = kind === 'IstioOperator' ? ['spec', 'meshConfig'] : ['meshConfig'];
  const config = kind === 'IstioOperator' ? valueAt(value, 'spec', 'meshConfig') : meshConfig;
  if (config !== undefined) return { config, keys };
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => FIELDS.includes(name)) ? { config: value, keys: [] } : undefined;
}

function noConfig(at: string, values: readonly Fields[]): MeshError {
  const names = values.flatMap((value) => Object.keys(value));
  const unknown = names.find((name) => !FIELDS.includes(name));
  const near = unknown === undefined || names.includes('kind') ? undefined : nearestOf(unknown, FIELDS);
  const what = 'a mesh configuration is one of istiod, its ConfigMap, an IstioOperator with a meshConfig, or values with one for its chart';
  const got = names.length === 0 ? 'nothing' : names.slice(0, 5).join(', ');
  const fix = near === undefined ? 'write for example `trustDomain: acme.example`' : `did you mean ${near} by ${unknown}?`;
  return meshConfigWrong({ at }, what, got, fix);
}

/** What istiod's configuration of a mesh may say. */
const FIELDS: readonly string[] = Object.keys(MESH_CONFIG);
