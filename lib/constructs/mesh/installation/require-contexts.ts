import type { Construct } from 'constructs';
import { MeshError } from '../../../support/mesh-error';

/** Contexts of kubectl by cluster, as a shell reads them in a command. */
export function requireContexts(at: Construct, contexts: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const bad = Object.values(contexts).find((context) => !/^[\w.:/@+][-\w.:/@+]*$/.test(context));
  if (bad === undefined) return contexts;
  throw new MeshError({
    code: 'MESH930',
    at,
    what: 'a context stands in a command as it is: letters, digits and any of . : / @ + _ -',
    got: bad === '' ? 'no name' : bad,
    fix: 'give the context such a name, kubectl config rename-context',
  });
}
