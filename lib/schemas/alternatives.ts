import { type Fields, fieldsOf, isSaid } from '../cluster/objects/fields';
import { isDeferred } from '../support/deferred';
import { isOfFormat } from './scalars';
import type { Schema } from './schema';

/** The first choice among fields that an object makes in no way, or in several; undefined where all are made. */
export function openChoice(fields: Fields, schema: Schema): Schema | undefined {
  const { oneOf, anyOf, not, allOf = [] } = schema;
  const choices = oneOf || anyOf || not ? [schema, ...allOf] : allOf;
  if (choices.length === 0) return undefined;
  const filled = { ...defaultsOf(schema), ...fields };
  return choices.find((choice) => !isUnknown(filled, choice) && !isMade(filled, choice));
}

/** The fields of which a choice takes one; none where it is about what stands in them. */
export function fieldsOfChoice({ required = [], oneOf = [], anyOf = [], not }: Schema): string[] {
  const inside = [...oneOf, ...anyOf, ...(not ? [not] : [])].flatMap(fieldsOfChoice);
  return [...new Set([...required, ...inside])];
}

// What is in a field does not matter to the choice between fields.
function isUnknown(fields: Fields, choice: Schema): boolean {
  return fieldsOfChoice(choice).length === 0 && Object.values(fields).some(isDeferred);
}

function isMade(fields: Fields, { oneOf, anyOf, not }: Schema): boolean {
  return fits(fields, { oneOf, anyOf, not });
}

/** Whether a value fits what a branch says of it: which fields there are, and what they hold. */
function fits(value: unknown, branch: Schema): boolean {
  const { required = [], properties = {}, enum: words, format = '', oneOf, anyOf, not } = branch;
  const fields = fieldsOf(value);
  return (
    required.every((key) => isSaid(fields[key])) &&
    Object.entries(properties).every(([key, inner]) => !isSaid(fields[key]) || fits(fields[key], inner)) &&
    (!words || words.includes(value)) &&
    isOfFormat(value, format) &&
    (!oneOf || oneOf.filter((one) => fits(value, one)).length === 1) &&
    (!anyOf || anyOf.some((one) => fits(value, one))) &&
    !(not && fits(value, not))
  );
}

function defaultsOf({ properties = {} }: Schema): Fields {
  const filledIn = Object.entries(properties).filter(([, inner]) => inner.default !== undefined);
  return Object.fromEntries(filledIn.map(([key, inner]) => [key, inner.default]));
}
