import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';
import { type KubernetesObject, type Problem, problemsOf } from './problem';
import { type Schema, closed } from './strict-schema';
import { METADATA } from './metadata-schema';

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** Those of Istio and the Gateway API as they release them, and as much of others as this library writes. */
const FOLDERS = [join(__dirname, '..', '..', 'imports', 'crds'), join(__dirname, '..', 'crds')];
const FILES = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));

/** Validators by `group/version/Kind`, compiled when first asked for. */
type Validators = ReadonlyMap<string, () => ValidateFunction>;

export function validatorsIn(files: readonly string[]): Validators {
  const validators = new Map<string, () => ValidateFunction>();
  for (const document of files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))) {
    const { group, names, versions } = (document.toJS() as CustomResourceDefinition).spec;
    for (const { name, schema } of versions) {
      validators.set(
        `${group}/${name}/${names.kind}`,
        once(() => compile(`${group}/${name}`, names.kind, schema.openAPIV3Schema)),
      );
    }
  }
  return validators;
}

const OWN = validatorsIn(FILES.filter((name) => name.endsWith('.yaml')));

/** Problems of a custom resource, as strict field validation by the API server finds them; undefined for kinds of no CRD among these. */
export function customResourceProblems(object: KubernetesObject, validators: Validators = OWN): Problem[] | undefined {
  const validate = validators.get(`${object.apiVersion}/${object.kind}`)?.();
  if (!validate) return undefined;
  validate(object);
  return problemsOf(validate.errors);
}

function compile(apiVersion: string, kind: string, schema: Schema): ValidateFunction {
  // CRD patterns are written for Go, whose escapes the `u` flag of JavaScript refuses.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-map-keys',
    type: 'array',
    validate: hasDistinctKeys,
    error: { message: 'must not repeat a key' },
  });
  const envelope = { apiVersion: { const: apiVersion }, kind: { const: kind }, metadata: METADATA };
  const strict = closed(schema);
  return ajv.compile({
    ...strict,
    properties: { ...strict.properties, ...envelope },
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])])],
  });
}

/** Two items of a list that is a map must differ in one of its keys. */
function hasDistinctKeys(keys: readonly string[], items: readonly Record<string, unknown>[]): boolean {
  const texts = items.map((item) => JSON.stringify(keys.map((key) => item[key])));
  return new Set(texts).size === texts.length;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
