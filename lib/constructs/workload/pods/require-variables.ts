import type { Construct } from 'constructs';
import type { EnvSourceFacts } from '../../../model/workload-spec';
import { requireVariable } from '../../../support/bounds/variable-syntax';
import { MeshError } from '../../../support/mesh-error';

interface Variables {
  readonly env?: Readonly<Record<string, string>>;
  readonly envFrom: readonly EnvSourceFacts[];
}

/** Refuses of one container what is no variable, and what is said twice: which of both holds is not for us to say. Keys of whole objects are not known here. */
export function requireVariables(at: Construct, container: string, { env = {}, envFrom }: Variables): void {
  const own = Object.keys(env).map((name) => requireVariable(at, name));
  const names = [...own, ...envFrom.map(({ variable }) => variable).filter((name) => name !== undefined)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new MeshError({
    code: 'MESH823',
    at,
    what: 'each environment variable of a container is said once',
    got: `two of ${twice} in ${container}`,
    fix: 'drop one of them, in env or in envFrom',
  });
}
