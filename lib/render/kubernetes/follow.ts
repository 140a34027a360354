type Fields = Readonly<Record<string, unknown>>;
type List = readonly Fields[] | undefined;

/** What may tell the items of a list of objects apart; a volume may be mounted in several places. */
const KEYS = ['mountPath', 'devicePath', 'containerPort', 'name', 'ip', 'topologyKey', 'key'];

/**
 * A copy that follows its original: what was not changed in the copy since it was made is as the original has it now, the rest stays.
 * `made` is the copy as it was made, `own` the copy now, `original` what it follows.
 */
export function follow(made: unknown, own: unknown, original: unknown): unknown {
  if (isSame(made, own)) return original;
  if ([made ?? {}, own, original].every(isFields)) return followFields((made ?? {}) as Fields, own as Fields, original as Fields);
  return [made, own, original].every(isList) ? followList(made as List, own as List, original as List) : own;
}

function followFields(made: Fields, own: Fields, original: Fields): Fields {
  const names = [...new Set([...Object.keys(original), ...Object.keys(own)])];
  const entries = names.map((name) => [name, follow(made[name], own[name], original[name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function followList(made: List = [], own: List = [], original: List = []): Fields[] {
  const idOf = tellingApart([made, own, original]);
  const find = (list: readonly Fields[], wanted: unknown): Fields | undefined => list.find((item) => idOf(item) === wanted);
  const wanted = [...new Set([...original, ...own].map(idOf))];
  return wanted.map((each) => follow(find(made, each), find(own, each), find(original, each))).filter(isFields);
}

/** The field by which the items of each of some lists differ; else it is the item as a whole. */
function tellingApart(lists: ReadonlyArray<readonly Fields[]>): (item: Fields) => unknown {
  const differ = (list: readonly Fields[], key: string): boolean =>
    list.every((item) => item[key] !== undefined) && new Set(list.map((item) => item[key])).size === list.length;
  const key = KEYS.find((each) => lists.every((list) => differ(list, each)));
  return key === undefined ? (item) => JSON.stringify(item) : (item) => item[key];
}

/** A list of objects; one that is not there is an empty one. */
function isList(value: unknown): value is List {
  return value === undefined || (Array.isArray(value) && value.every(isFields));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Manifests are written with sorted keys.
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
