type Fields = Readonly<Record<string, unknown>>;

/** What tells the items of a list of objects apart, as the API server merges them. */
const KEYS = ['name', 'mountPath', 'devicePath', 'containerPort', 'ip', 'topologyKey', 'key'];

/**
 * A copy that follows its original: what was not changed in the copy since it was made is as the original has it now, the rest stays.
 * `made` is the copy as it was made, `own` the copy now, `original` what it follows.
 */
export function follow(made: unknown, own: unknown, original: unknown): unknown {
  if (isSame(made, own)) return original;
  if ([made, own, original].every(isFields)) return followFields(made as Fields, own as Fields, original as Fields);
  const key = keyOf(made, own, original);
  return key === undefined ? own : followList(key, made as Fields[], own as Fields[], original as Fields[]);
}

function followFields(made: Fields, own: Fields, original: Fields): Fields {
  const names = [...new Set([...Object.keys(original), ...Object.keys(own)])];
  const entries = names.map((name) => [name, follow(made[name], own[name], original[name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function followList(key: string, made: readonly Fields[] = [], own: readonly Fields[] = [], original: readonly Fields[] = []): Fields[] {
  const find = (list: readonly Fields[], wanted: unknown): Fields | undefined => list.find((item) => item[key] === wanted);
  const wanted = [...new Set([...original, ...own].map((item) => item[key]))];
  const followed = wanted.map((each) => follow(find(made, each), find(own, each), find(original, each)));
  return followed.filter(isFields);
}

/** The key of three lists of objects; a list that is not there is an empty one. */
function keyOf(...lists: readonly unknown[]): string | undefined {
  if (!lists.every((list) => list === undefined || (Array.isArray(list) && list.every(isFields)))) return undefined;
  const items = lists.flatMap((list) => (list ?? []) as Fields[]);
  return KEYS.find((key) => items.length > 0 && items.every((item) => item[key] !== undefined));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Manifests are written with sorted keys.
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
