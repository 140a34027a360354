import { fieldsOf, isSaid } from '../../cluster/objects/fields';
import type { FieldPath } from '../../model/declared';
import { MeshError } from '../../support/mesh-error';
import { nearestOf } from '../../support/options/nearest';
import { MESH_CONFIG, type Shape } from './mesh-shapes';

/** Where a field of the configuration stands. */
export interface MeshConfigPlace {
  readonly at: string;
  /** The line in the text of a ConfigMap, whose place is that of the whole text. */
  readonly line?: number;
}

type PlaceOf = (keys: FieldPath) => MeshConfigPlace;

const ALL_IS_LOST = 'istiod keeps its defaults for the whole mesh where one field is wrong';

/** The fields for which istiod refuses a configuration as a whole, and those within others that it passes over. */
export function wrongsOfMeshConfig(config: unknown, placeOf: PlaceOf): MeshError[] {
  if (typeof config !== 'object' || Array.isArray(config)) return isSaid(config) ? [misfit([], config, CONFIG, placeOf)] : [];
  return Object.entries(fieldsOf(config)).flatMap(([name, value]) =>
    Object.hasOwn(MESH_CONFIG, name) ? wrongsOf([name], value, MESH_CONFIG[name], placeOf) : [],
  );
}

const CONFIG: Shape = { means: 'an object', fits: () => false };

function wrongsOf(keys: FieldPath, value: unknown, shape: Shape, placeOf: PlaceOf): MeshError[] {
  if (!isSaid(value)) return [];
  if (!shape.fits(value)) return [misfit(keys, value, shape, placeOf)];
  const { item, fields } = shape;
  if (item) return (value as unknown[]).flatMap((each, index) => wrongsOf([...keys, index], each, item, placeOf));
  if (!fields) return [];
  return Object.entries(fieldsOf(value)).flatMap(([name, inner]) =>
    Object.hasOwn(fields, name) ? wrongsOf([...keys, name], inner, fields[name], placeOf) : [unknown(keys, name, fields, placeOf)],
  );
}

function misfit(keys: FieldPath, value: unknown, { means, words, fields }: Shape, placeOf: PlaceOf): MeshError {
  const near = typeof value === 'string' && words ? nearestOf(value, words) : undefined;
  const inner = Object.entries(fields ?? {}).find(([, each]) => each.fits(value) && each.words)?.[0];
  const example = inner === undefined ? `write ${means}` : `write {${inner}: ${String(value)}}`;
  const what = `${nameOf(keys)} is ${means}; ${ALL_IS_LOST}`;
  return meshConfigWrong(placeOf(keys), what, JSON.stringify(value), near === undefined ? example : `did you mean ${near}?`);
}

function unknown(keys: FieldPath, name: string, fields: Readonly<Record<string, Shape>>, placeOf: PlaceOf): MeshError {
  const known = Object.keys(fields);
  const near = nearestOf(name, known);
  const what = `${nameOf(keys)} says ${known.join(' and ')}, and istiod passes over anything else`;
  return meshConfigWrong(placeOf([...keys, name]), what, name, near === undefined ? 'leave it out' : `did you mean ${near}?`);
}

/** What is wrong with a configuration, at its place. */
export function meshConfigWrong({ at, line }: MeshConfigPlace, what: string, got: string, fix: string): MeshError {
  return new MeshError({ code: 'MESH717', at, what, got: line === undefined ? got : `${got} in line ${line} of data.mesh`, fix });
}

function nameOf(keys: FieldPath): string {
  const name = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return name.slice(1) || 'a mesh configuration';
}
