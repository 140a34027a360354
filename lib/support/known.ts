import type { IConstruct } from 'constructs';
import { isDeferred } from './deferred';
import { MeshError } from './mesh-error';

/** Refuses what is known only later among facts that objects made elsewhere tell, by what they are; each is one value, or a list of such. */
export function requireKnown(at: IConstruct | string, facts: Readonly<Record<string, unknown>>): void {
  for (const [what, fact] of Object.entries(facts)) {
    const later = [fact].flat().find(isDeferred);
    if (later !== undefined) refuseLater(at, what, later);
  }
}

export function refuseLater(at: IConstruct | string, what: string, got: unknown): never {
  throw new MeshError({
    code: 'MESH037',
    at,
    what: `${what} decides which objects there are, what they are called, or who reaches whom`,
    got: [got].flat()[0],
    fix: 'give a value that is known when the program runs',
  });
}
