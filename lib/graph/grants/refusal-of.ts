import type { IConstruct } from 'constructs';
import { type Kind, listOf, optional } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { CALL_OPTIONS, type CallOptions } from '../../values/access/call-options';
import type { ICaller } from '../../values/access/caller';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { CALLER } from '../party-of';

const REFUSAL_OPTIONS: Kind<RefusalOptions> = {
  ...CALL_OPTIONS,
  members: { ...CALL_OPTIONS.members, exempt: optional(listOf(CALLER)) },
} as Kind<RefusalOptions>;

/** What a refusal is about, and who is not meant by it. What only a grant may say is told by name. */
export function refusalOf(at: IConstruct, options: RefusalOptions): { readonly exempt?: ICaller[]; readonly options: CallOptions } {
  requireOptions(at, options, REFUSAL_OPTIONS);
  const { exempt, ...meant } = options;
  return { exempt, options: meant };
}
