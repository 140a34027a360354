import type { IConstruct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import { MeshError } from '../../support/mesh-error';

/** Whoever lets in many at once says why. */
export function requireReason(at: IConstruct, { name }: PartyFacts, reason: string | undefined): void {
  if (reason?.trim()) return;
  throw new MeshError({
    code: 'MESH853',
    at,
    what: 'a grant to many callers at once has a reason, for those who read the report',
    got: `${name}, ${reason === undefined ? 'without reason' : 'with an empty reason'}`,
    fix: 'say why in reason; or name the callers one by one',
  });
}
