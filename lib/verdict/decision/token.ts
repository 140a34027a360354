import type { Cluster } from '../../cluster/cluster';
import { requestAuthenticationIndex } from '../../cluster/policies/request-authentications';
import type { Token } from '../requests/request';
import { attachedTo, type Enforcer } from './enforcer';
import { byObject, NO_OBJECTION, type Verdict } from './verdict';

export interface CheckedToken {
  readonly verdict: Verdict;
  readonly token?: Token;
}

/** A token of an issuer that nobody configured here is refused; where no issuer is configured at all, tokens are not looked at. */
export function checkToken(cluster: Cluster, enforcer: Enforcer, token: Token | undefined): CheckedToken {
  const attached = attachedTo(cluster, requestAuthenticationIndex(cluster), enforcer).filter(({ issuers }) => issuers.length > 0);
  if (!token || attached.length === 0) return { verdict: NO_OBJECTION };
  const isTrusted = attached
    .flatMap(({ issuers }) => issuers)
    .some(({ issuer, audiences }) => issuer === token.issuer && (audiences.length === 0 || isForAnyOf(token, audiences)));
  return isTrusted ? { verdict: NO_OBJECTION, token } : { verdict: byObject(false, attached[0]) };
}

function isForAnyOf({ audiences = [] }: Token, wanted: readonly string[]): boolean {
  return wanted.some((one) => audiences.includes(one));
}

/** The texts of a claim, of which there are several where it is a list. */
export function claimTexts(token: Token | undefined, names: readonly string[]): readonly string[] {
  const claims: unknown = token && { iss: token.issuer, sub: token.subject, aud: token.audiences, ...token.claims };
  const claim = names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), claims);
  return [claim].flat().filter((one) => typeof one === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
