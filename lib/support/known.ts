import type { IConstruct } from 'constructs';
import { isDeferred, LATER } from './deferred';
import { MeshError } from './mesh-error';

/** Refuses what is known only later among facts that objects made elsewhere tell, by what they are; each is one value, or a list of such. */
export function requireKnown(at: IConstruct | string, facts: Readonly<Record<string, unknown>>): void {
  const later = Object.keys(facts).find((what) => [facts[what]].flat().some(isDeferred));
  if (later !== undefined) refuseLater(at, later);
}

export function refuseLater(at: IConstruct | string, what: string): never {
  throw new MeshError({
    code: 'MESH037',
    at,
    what: `${what} decides which objects there are, what they are called, or who reaches whom`,
    got: LATER,
    fix: 'give a value that is known when the program runs',
  });
}
