import { type Fields, isSaid } from '../cluster/objects/fields';
import { isAnyMade, isDeferred, listId } from '../support/deferred';
import { nearestOf } from '../support/options/nearest';
import { fillInFix, placeholderIn } from '../support/patterns/placeholder';
import { fieldsOfChoice, openChoice } from './alternatives';
import { mendOfKey, mendOfType, mendOfWord } from './mends';
import { complaintOf, count, shown } from './scalars';
import type { Fault, Schema, SchemaType } from './schema';

const TYPES: Readonly<Record<SchemaType, { readonly words: string; isOne(value: unknown): boolean }>> = {
  object: { words: 'an object', isOne: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  array: { words: 'a list', isOne: (value) => Array.isArray(value) },
  string: { words: 'a text', isOne: (value) => typeof value === 'string' },
  integer: { words: 'a whole number', isOne: (value) => Number.isInteger(value) },
  number: { words: 'a number', isOne: (value) => typeof value === 'number' },
  boolean: { words: 'true or false', isOne: (value) => typeof value === 'boolean' },
};

/** All that an API server would refuse in a value by its schema, in the order of the schema. What is known only later is passed over. */
export function faultsOf(value: unknown, schema: Schema): Fault[] {
  const faults: Fault[] = [];
  checkValue(value, schema, '', faults);
  return faults;
}

function checkValue(value: unknown, schema: Schema, field: string, faults: Fault[]): void {
  const { type } = schema;
  if (type === undefined || (value === null && schema.nullable) || (isAnyMade() && isDeferred(value))) return;
  if (!isOfType(value, schema)) {
    const { words } = TYPES[type];
    faults.push({
      field,
      what: `has to be ${words}`,
      got: shown(value),
      fix: fixOf(value, `write ${words}`),
      mend: mendOfType(value, type),
    });
  } else if (type === 'object') checkObject(value as Fields, schema, field, faults);
  else if (type === 'array') checkList(value as readonly unknown[], schema, field, faults);
  else {
    const complaint = complaintOf(value, schema);
    if (complaint)
      faults.push({ field, what: complaint[0], got: shown(value), fix: fixOf(value, complaint[1]), mend: mendOfWord(value, schema) });
  }
}

/** What nobody has filled in yet has no right value. */
function fixOf(value: unknown, otherwise: string): string {
  const placeholder = placeholderIn(value);
  return placeholder === undefined ? otherwise : fillInFix(placeholder);
}

function isOfType(value: unknown, { type }: Schema): boolean {
  return type === undefined || TYPES[type].isOne(value);
}

function checkObject(fields: Fields, schema: Schema, field: string, faults: Fault[]): void {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  for (const key of Object.keys(fields)) {
    const inner = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    // Null is Kubernetes' word for nothing.
    if (inner && isSaid(fields[key])) checkValue(fields[key], inner, within(field, key), faults);
    else if (!inner && !isOpen) faults.push(unknownField(field, key, fields[key], properties));
  }
  for (const key of required) if (!isSaid(fields[key])) faults.push(missingField(field, key, fields));
  checkCount(Object.keys(fields).length, 'key', schema.minProperties, schema.maxProperties, field, faults);
  const choice = openChoice(fields, schema);
  if (choice) faults.push(wrongChoice(field, fields, choice));
}

function checkList(items: readonly unknown[], schema: Schema, field: string, faults: Fault[]): void {
  const { items: each, uniqueItems, 'x-kubernetes-list-map-keys': keys } = schema;
  if (each) items.forEach((item, index) => checkValue(item, each, `${field}[${index}]`, faults));
  // A mark for a list stands for as many items as it will have.
  if (isAnyMade() && items.some((item) => listId([item]) !== undefined)) return;
  checkCount(items.length, 'item', schema.minItems, schema.maxItems, field, faults);
  const told = keys ? items.map((item) => keys.map((key) => (item as Fields | null)?.[key])) : uniqueItems ? items : [];
  const repeated = told.map((one) => JSON.stringify(one)).find((text, index, all) => all.indexOf(text) !== index && !isDeferred(text));
  if (repeated === undefined) return;
  const by = keys ? ` of one ${keys.join(' and ')}` : ' that are alike';
  faults.push({
    field,
    what: `has two items${by}`,
    got: shown(keys ? JSON.parse(repeated).join(', ') : JSON.parse(repeated)),
    fix: 'keep one of them',
  });
}

function checkCount(got: number, what: string, least = 0, most = Infinity, field: string, faults: Fault[]): void {
  if (got < least) faults.push({ field, what: `has fewer ${what}s than it needs`, got: count(got, what), fix: `write at least ${least}` });
  if (got > most) faults.push({ field, what: `has more ${what}s than it takes`, got: count(got, what), fix: `write at most ${most}` });
}

function unknownField(field: string, key: string, value: unknown, properties: NonNullable<Schema['properties']>): Fault {
  const known = Object.keys(properties);
  const around = known.find((each) => Object.hasOwn(insideOf(properties[each]), key));
  const near = nearestOf(key, known);
  const meant = near ?? (around === undefined ? undefined : `${around}, which has ${key}`);
  const fields = known.length > 0 ? `the fields are ${known.sort().join(', ')}` : 'it has none';
  return {
    field,
    what: `has no field ${key}`,
    got: `${key}: ${shown(value)}`,
    fix: `${meant === undefined ? '' : `did you mean ${meant}? `}${fields}`,
    mend: mendOfKey(key, properties, (inner) => isOfType(value, inner)),
  };
}

/** Fields one level below. */
function insideOf({ properties, items }: Schema): NonNullable<Schema['properties']> {
  return properties ?? items?.properties ?? {};
}

function missingField(field: string, key: string, fields: Fields): Fault {
  return { field, what: `needs the field ${key}`, got: shown(fields), fix: `write ${within(field, key)}` };
}

function wrongChoice(field: string, fields: Fields, choice: Schema): Fault {
  const words = fieldsOfChoice(choice);
  if (words.length === 0)
    return { field, what: 'has fields that do not fit together', got: shown(fields), fix: 'write a value that fits the type beside it' };
  const said = words.filter((word) => isSaid(fields[word]));
  return { field, what: `takes one of ${words.join(', ')}`, got: said.join(' and ') || 'none of them', fix: 'keep one of them' };
}

function within(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`;
}
