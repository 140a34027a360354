import fc from 'fast-check';

/** An object as somebody would write it. */
export interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: object;
}

// Few names, so that what is written by chance is about the same things.
export const NAMESPACES = ['shop', 'bank', 'edge'] as const;
export const ROOT = 'istio-system';
export const METHODS = ['GET', 'POST', 'DELETE'] as const;
export const PATHS = ['/', '/items', '/items/1', '/items/1/price', '/itemsX', '/admin', '/other'] as const;
export const ISSUERS = ['https://one.example.com', 'https://two.example.com'] as const;
export const OUTSIDE = ['api.example.com', 'www.example.com', 'api.cards.example.com'] as const;
export const DOORS = ['shop.example.com', 'bank.example.com'] as const;

/** Services by namespace, which other objects name. */
export const SERVICES = { shop: ['cart', 'cart-v1', 'cart-v2', 'web'], bank: ['ledger', 'db'], edge: ['door'] } as const;
export const APPS = ['cart', 'web', 'ledger', 'db', 'door'] as const;

export const one = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** One or two of them. */
export const few = <T>(value: fc.Arbitrary<T>, most = 2): fc.Arbitrary<T[]> => fc.array(value, { minLength: 1, maxLength: most });

/** Mostly absent. */
export const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Mostly there. */
export const mostly = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: value });

/** Each of the fields may be there or not; now and then hardly any is. */
export const sparse = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

/** Exactly one of the fields, for what may say one thing alone. */
export const either = <T>(fields: Readonly<Record<string, fc.Arbitrary<T>>>): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(...Object.entries(fields).map(([name, value]) => value.map((said) => ({ [name]: said }))));

/** A name in full, or as one writes it in its own namespace; sometimes of nothing that is there. */
export const hosts: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: one(Object.entries(SERVICES).flatMap(([ns, names]) => names.map((name) => `${name}.${ns}.svc.cluster.local`))) },
  { weight: 3, arbitrary: one(['cart', 'cart-v2', 'ledger']) },
  { weight: 1, arbitrary: one([...OUTSIDE, 'absent.shop.svc.cluster.local']) },
);

/** Objects of one kind under few names: two of them sometimes want to be the same one, and the first is. */
export function written(
  apiVersion: string,
  kind: string,
  namespaces: readonly string[],
  names: readonly string[],
  spec: fc.Arbitrary<object>,
): fc.Arbitrary<Written> {
  const metadata = fc.record({ name: one(names), namespace: one(namespaces) });
  return fc.record({ apiVersion: fc.constant(apiVersion), kind: fc.constant(kind), metadata, spec });
}

/** The same without what is undefined, as YAML has it. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
