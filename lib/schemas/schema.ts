/** As much of a structural schema as is looked at here: types of the fields, their bounds, and which of them exclude each other. */
export interface Schema {
  readonly type?: SchemaType;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;

  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;

  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];

  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;

  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** What is wrong at one place of an object. */
export interface Fault {
  /** Keys and places in lists that lead there: `spec.http[0].retries`; empty for the object itself. */
  readonly field: string;
  /** Continues a sentence that begins with the field. */
  readonly what: string;
  readonly got: string;
  readonly fix: string;
  /** What mends it, where that is mechanical. */
  readonly mend?: Mend;
}

/** A key, or a value, and what is written instead: another one, or the same as a text. */
export interface Mend {
  readonly kind: 'rename' | 'set' | 'quote';
  readonly was: string | number | boolean;
  readonly to?: string | number | boolean;
}
