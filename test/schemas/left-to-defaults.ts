import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './problem';
import type { Schema } from './strict-schema';

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const FOLDER = join(__dirname, '..', '..', 'imports', 'crds');

/** By `group/version/Kind`. */
const schemas = new Map<string, Schema>();

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))) {
  for (const document of parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8'))) {
    const { group, names, versions } = (document.toJS() as CustomResourceDefinition).spec;
    for (const { name, schema } of versions) schemas.set(`${group}/${name}/${names.kind}`, schema.openAPIV3Schema);
  }
}

// What an API server fills into lists of Kubernetes' own kinds: tools that compare lists as a whole see it.
const OF_KUBERNETES: Readonly<Record<string, Schema>> = {
  'v1/Service': withItems(['spec', 'ports'], { protocol: {}, targetPort: {} }),
  'networking.k8s.io/v1/NetworkPolicy': {
    properties: {
      spec: {
        properties: {
          policyTypes: { default: [] },
          ingress: { items: withItems(['ports'], { protocol: {} }) },
          egress: { items: withItems(['ports'], { protocol: {} }) },
        },
      },
    },
  } as unknown as Schema,
};

/** Fields that an object leaves to the defaults of its schema, so that what the cluster has is more than what was applied; none if all are said. */
export function leftToDefaults(manifest: object): string[] {
  const object = manifest as KubernetesObject;
  const key = `${object.apiVersion}/${object.kind}`;
  const schema = schemas.get(key) ?? OF_KUBERNETES[key];
  return schema ? missingIn(schema, object, `${object.kind} ${object.metadata?.name}: `) : [];
}

/** Every field with a default, to see that there are some to look at. */
export function defaultedKinds(): string[] {
  return [...schemas].filter(([, schema]) => JSON.stringify(schema).includes('"default":')).map(([key]) => key);
}

function missingIn(schema: Schema, value: unknown, path: string): string[] {
  const { properties = {}, items, additionalProperties } = schema as Fields;
  if (Array.isArray(value)) return items ? value.flatMap((item, index) => missingIn(items, item, `${path}[${index}]`)) : [];
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  const own = Object.entries(properties).flatMap(([name, field]) => {
    if (fields[name] !== undefined) return missingIn(field, fields[name], `${path}.${name}`);
    return 'default' in field ? [`${path}.${name}`] : [];
  });
  const more = typeof additionalProperties === 'object' ? Object.entries(fields).filter(([name]) => !(name in properties)) : [];
  return [...own, ...more.flatMap(([name, field]) => missingIn(additionalProperties as Schema, field, `${path}.${name}`))];
}

interface Fields {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

function withItems([first, ...rest]: readonly string[], defaulted: Readonly<Record<string, object>>): Schema {
  const properties = Object.fromEntries(Object.keys(defaulted).map((name) => [name, { default: null }]));
  const field = rest.length > 0 ? withItems(rest, defaulted) : { items: { properties } };
  return { properties: { [first]: field } } as unknown as Schema;
}
