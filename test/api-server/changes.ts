import type { Objects } from './kubectl';

const COUNTED_BY_SERVER = ['metadata.generation', 'metadata.managedFields', 'metadata.resourceVersion', 'status'];

/** What differs between two states, one line a field: `HTTPRoute shop/cart: spec.rules[1].backendRefs[0].weight 95 -> 80`. */
export function changes(before: Objects, after: Objects): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [old, fresh] = [fieldsOf(before.get(name)), fieldsOf(after.get(name))];
    const differing = [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path));
    return differing.map((path) => `${name}: ${path} ${old.get(path) ?? 'nothing'} -> ${fresh.get(path) ?? 'nothing'}`);
  });
}

/** The objects that such lines are about. */
export function changedObjects(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => line.slice(0, line.indexOf(':'))))];
}

/** What a Deployment restarts its pods for when it changes, by Deployment. */
export function podTemplates(objects: Objects): Map<string, unknown> {
  const deployments = [...objects].filter(([, { kind }]) => kind === 'Deployment');
  return new Map(deployments.map(([name, { spec }]) => [name, spec?.template]));
}

/** Every value of an object under its path, without what the server counts for itself. */
function fieldsOf(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === undefined || COUNTED_BY_SERVER.includes(path)) return found;
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return found.set(path, JSON.stringify(value));
  for (const [key, part] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    fieldsOf(part, `${path}${step}`, found);
  }
  return found;
}
