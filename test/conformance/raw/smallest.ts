/** Whether what is left of the manifests still shows what is looked for. */
export type Holds = (manifests: readonly object[]) => Promise<boolean>;

type Part = readonly (string | number)[];

/** The manifests without all that can be left out: whole objects first, then what is in them, until nothing more goes. */
export async function smallest(manifests: readonly object[], holds: Holds): Promise<readonly object[]> {
  let left = manifests;
  for (let before = Infinity; JSON.stringify(left).length < before;) {
    before = JSON.stringify(left).length;
    left = await withoutObjects(left, holds);
    left = await withoutParts(left, holds);
  }
  return left;
}

/** Several at once while that goes well, one by one in the end. */
async function withoutObjects(manifests: readonly object[], holds: Holds): Promise<readonly object[]> {
  let left = manifests;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < left.length;) {
      const fewer = [...left.slice(0, start), ...left.slice(start + size)];
      if (await holds(fewer)) left = fewer;
      else start += size;
    }
  }
  return left;
}

async function withoutParts(manifests: readonly object[], holds: Holds): Promise<readonly object[]> {
  let left = manifests;
  // From the outside in: what goes with all that is in it needs no second look.
  const tried = new Set<string>();
  for (;;) {
    const part = partsOf(left).find((one) => !tried.has(JSON.stringify(one)));
    if (!part) return left;
    const fewer = without(left, part) as readonly object[];
    if (await holds(fewer)) left = fewer;
    else tried.add(JSON.stringify(part));
  }
}

const NAMES: readonly (string | number)[] = ['apiVersion', 'kind', 'name', 'namespace', 'metadata'];

function partsOf(value: unknown, at: Part = []): Part[] {
  if (typeof value !== 'object' || value === null) return [];
  const children = Array.isArray(value) ? value.map((child: unknown, index): [number, unknown] => [index, child]) : Object.entries(value);
  return children.flatMap(([key, child]): Part[] => {
    const part = [...at, key];
    const isKept = at.length < 1 || (at.length < 3 && NAMES.includes(key));
    return isKept ? partsOf(child, part) : [part, ...partsOf(child, part)];
  });
}

function without(value: unknown, [key, ...rest]: Part): unknown {
  if (Array.isArray(value)) {
    if (rest.length === 0) return value.filter((_, index) => index !== key);
    return value.map((child: unknown, index) => (index === key ? without(child, rest) : child));
  }
  const fields = Object.entries(value as object);
  if (rest.length === 0) return Object.fromEntries(fields.filter(([name]) => name !== key));
  return Object.fromEntries(fields.map(([name, child]) => [name, name === key ? without(child, rest) : (child as unknown)]));
}
