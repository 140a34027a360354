/** As much of an OpenAPI schema as is looked at here. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/**
 * The schema with every object closed to fields it does not list, as the API server does under strict field validation. Only the
 * structure is closed: what stands below `oneOf` and its like repeats parts of it and must not forbid the others.
 */
export function closed(schema: Schema): Schema {
  const { properties, additionalProperties, items } = schema;
  return {
    ...schema,
    ...(schema['x-kubernetes-int-or-string'] ? { type: ['integer', 'string'] } : {}),
    ...(properties ? { properties: mapValues(properties, closed) } : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: closed(additionalProperties) } : {}),
    ...(isOpen(schema) ? {} : { additionalProperties: false }),
  };
}

const isOpen = (schema: Schema): boolean =>
  (schema.type !== 'object' && !schema.properties) ||
  schema.additionalProperties !== undefined ||
  schema['x-kubernetes-preserve-unknown-fields'] === true;

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
