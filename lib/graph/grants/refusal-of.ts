import type { IConstruct } from 'constructs';
import type { CallStatement } from '../../model/call';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, type Kind, listOf, NUMBER, optional, struct } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { CALL_OPTIONS, type CallOptions } from '../../values/access/call-options';
import type { ICaller } from '../../values/access/caller';
import { HTTP_ACCESS } from '../../values/access/http-access';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { CALLER } from '../party-of';

const REFUSAL_OPTIONS = struct<RefusalOptions>({
  port: optional(NUMBER),
  http: optional(listOf(HTTP_ACCESS)),
  exempt: optional(listOf(CALLER)),
  dryRun: optional(BOOLEAN),
});

/** What only a grant may say, each with an error of its own that tells why. A reason belongs to a day; by itself no refusal has one. */
const OF_GRANTS: readonly (keyof CallOptions)[] = ['user', 'conditions', 'toPods', 'until'];
const AS_A_GRANT: Kind<RefusalOptions> = {
  ...CALL_OPTIONS,
  members: { ...CALL_OPTIONS.members, ...REFUSAL_OPTIONS.members },
} as Kind<RefusalOptions>;

interface Refused {
  readonly exempt?: ICaller[];
  readonly options: CallOptions;
}

/** What a question or a mark is about, and who is not meant by it. What only a grant may say is told by name. */
export function refusalOf(at: IConstruct, options: RefusalOptions): Refused {
  requireRefusal(at, options);
  const { exempt, dryRun, ...meant } = options;
  if (dryRun) refuseDryRun(at);
  return { exempt, options: meant };
}

/** The same of a refusal, which may be tried out first. */
export function denialOf(at: IConstruct, options: RefusalOptions): Refused & Pick<CallStatement, 'action'> {
  requireRefusal(at, options);
  const { dryRun, ...meant } = options;
  return { action: dryRun ? 'DRY_RUN' : 'DENY', ...refusalOf(at, meant) };
}

function requireRefusal(at: IConstruct, options: RefusalOptions): void {
  const isOfGrant = OF_GRANTS.some((key) => (options as CallOptions | null)?.[key] !== undefined);
  requireOptions(at, options, isOfGrant ? AS_A_GRANT : REFUSAL_OPTIONS);
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
