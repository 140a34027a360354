import type { IConstruct } from 'constructs';
import type { CallStatement } from '../../model/call';
import { requireDay } from '../../support/dates/day';
import { MeshError } from '../../support/mesh-error';
import type { CallOptions } from '../../values/access/call-options';
import { requireReason } from './require-reason';

type Said = Pick<CallStatement, 'action' | 'caller' | 'reason'>;

/** How long a grant is meant, and why it is there. */
export function timeOf(at: IConstruct, { action, caller, reason }: Said, options: CallOptions): Pick<CallStatement, 'until' | 'reason'> {
  const { until } = options;
  if (action !== 'ALLOW' && until !== undefined) refuseRefusal(at, until);
  if (reason !== undefined && options.reason !== undefined) refuseTwice(at, reason, options.reason);
  const why = reason ?? options.reason;
  if (action === 'ALLOW' && caller.kind === 'callers') requireReason(at, caller, why);
  if (until !== undefined) requireWhy(at, requireDay(at, 'until', until), why);
  return { until, reason: why };
}

function refuseRefusal(at: IConstruct, until: string): never {
  throw new MeshError({
    code: 'MESH834',
    at,
    what: 'a refusal holds for good: when its day is over it would be the way in that nobody has decided on',
    got: `a refusal until ${until}`,
    fix: 'leave until out, and take the refusal out when it is not needed any more',
  });
}

function refuseTwice(at: IConstruct, first: string, second: string): never {
  throw new MeshError({
    code: 'MESH835',
    at,
    what: 'allowAnyone has its reason in front',
    got: `${first}, and ${second} among the options`,
    fix: 'leave reason out of the options',
  });
}

function requireWhy(at: IConstruct, until: string, reason: string | undefined): void {
  if (reason?.trim()) return;
  throw new MeshError({
    code: 'MESH833',
    at,
    what: 'access for a time has a reason, by which somebody decides on that day',
    got: `until ${until} ${reason === undefined ? 'without reason' : 'with an empty reason'}`,
    fix: 'say why in reason',
  });
}
