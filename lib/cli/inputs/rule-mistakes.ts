import type { AnySchemaObject, ErrorObject } from 'ajv';

/** Something that a schema refuses, where it stands and in words. */
export interface Mistake {
  /** Keys that lead to it. */
  readonly keys: readonly (string | number)[];
  /** Whether it is the last of them that should not be there, and not its value. */
  readonly isKey?: boolean;
  readonly text: string;
}

/** Each mistake once: of alternatives not one of them, but all in one. */
export function mistakesOf(errors: readonly ErrorObject[]): Mistake[] {
  return errors.flatMap((error) => (error.keyword === 'if' || /\/anyOf\/\d+\//.test(error.schemaPath) ? [] : [mistakeOf(error)]));
}

function mistakeOf(error: ErrorObject): Mistake {
  const keys = keysOf(error.instancePath);
  const { missingProperty, additionalProperty } = error.params as { missingProperty?: string; additionalProperty?: string };
  if (missingProperty !== undefined) return { keys, text: `${thingAt(keys)} has no "${missingProperty}"${hintFor(missingProperty)}` };
  if (additionalProperty !== undefined) {
    return { keys: [...keys, additionalProperty], isKey: true, text: unknownWord(additionalProperty, thingAt(keys), error.parentSchema) };
  }
  if (error.keyword === 'false schema') {
    return {
      keys,
      isKey: true,
      text: `${nameAt(keys)} is of a rule about one request, and this one is about all requests: make two of it`,
    };
  }
  return { keys, text: `${nameAt(keys)} is ${expectedBy(error.parentSchema)}, not ${shortly(error.data)}${quotesFor(error)}` };
}

function keysOf(pointer: string): (string | number)[] {
  const names = pointer.split('/').slice(1);
  return names.map((key) => (/^\d+$/.test(key) ? Number(key) : key.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function hintFor(missing: string): string {
  if (missing === 'expect') return ': allow or refuse; a rule about all requests has one of onlyFrom, neverFrom, gateways, connections';
  return missing === 'from' ? ', who calls' : missing === 'to' ? ', who is called' : '';
}

function unknownWord(word: string, thing: string, schema: AnySchemaObject | undefined): string {
  const known = Object.keys((schema?.properties ?? {}) as object);
  const small = word.toLowerCase().replace(/[^a-z]/g, '');
  const near = known.find((one) => small.startsWith(one.toLowerCase()) || (small.length > 1 && one.toLowerCase().startsWith(small)));
  return `"${word}" is no word of ${thing}; ${near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`}`;
}

function thingAt(keys: readonly (string | number)[]): string {
  return keys.length === 0 ? 'a file of rules' : keys.length === 2 ? 'a rule' : nameAt(keys);
}

function nameAt(keys: readonly (string | number)[]): string {
  if (keys.length === 0 || keys.length === 2) return thingAt(keys);
  return `"${keys.length === 1 ? keys[0] : keys.slice(2).join('.')}"`;
}

/** What a schema takes, in words. */
function expectedBy(schema: AnySchemaObject = {}): string {
  const { enum: values, anyOf, type, examples, minimum, maximum, minItems, required } = schema as Readonly<Record<string, never>>;
  if (values) return (values as string[]).join(' or ');
  if (anyOf) return (anyOf as AnySchemaObject[]).map(expectedBy).join(' or ');
  if (type === 'string') return examples ? `a text such as ${(examples as string[])[0]}` : 'a text';
  if (type === 'number') return `a number from ${minimum} to ${maximum}`;
  if (type === 'array') return minItems ? 'a list that is not empty' : 'a list of texts';
  return required ? `words with values, such as ${(required as string[])[0]}: …` : 'names with values';
}

const MOST_LETTERS = 40;

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function quotesFor({ data, params }: ErrorObject): string {
  const isPlain = typeof data === 'number' || typeof data === 'boolean';
  return isPlain && (params as { type?: string }).type === 'string' ? ': put it in quotes' : '';
}
