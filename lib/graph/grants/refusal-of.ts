import type { IConstruct } from 'constructs';
import type { CallStatement } from '../../model/call';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, type Kind, listOf, optional } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { CALL_OPTIONS, type CallOptions } from '../../values/access/call-options';
import type { ICaller } from '../../values/access/caller';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { CALLER } from '../party-of';

const REFUSAL_OPTIONS: Kind<RefusalOptions> = {
  ...CALL_OPTIONS,
  members: { ...CALL_OPTIONS.members, exempt: optional(listOf(CALLER)), dryRun: optional(BOOLEAN) },
} as Kind<RefusalOptions>;

interface Refused {
  readonly exempt?: ICaller[];
  readonly options: CallOptions;
}

/** What a question or a mark is about, and who is not meant by it. What only a grant may say is told by name. */
export function refusalOf(at: IConstruct, options: RefusalOptions): Refused {
  requireOptions(at, options, REFUSAL_OPTIONS);
  const { exempt, dryRun, ...meant } = options;
  if (dryRun) refuseDryRun(at);
  return { exempt, options: meant };
}

/** The same of a refusal, which may be tried out first. */
export function denialOf(at: IConstruct, options: RefusalOptions): Refused & Pick<CallStatement, 'action'> {
  requireOptions(at, options, REFUSAL_OPTIONS);
  const { dryRun, ...meant } = options;
  return { action: dryRun ? 'DRY_RUN' : 'DENY', ...refusalOf(at, meant) };
}

// Of a CUSTOM policy in a dry run istiod has the authorizer asked all the same, and a mark refuses nobody.
function refuseDryRun(at: IConstruct): never {
  throw new MeshError({
    code: 'MESH880',
    at,
    what: 'a refusal is tried out in a dry run: an authorizer would be asked all the same, and audit refuses nobody',
    got: 'dryRun: true in askFirst or audit',
    fix: 'leave dryRun out, or say it in deny or denyAnyone',
  });
}
