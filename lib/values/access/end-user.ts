import type { UserPart } from '../../model/users/end-user';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, listOf, mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { sortedBy } from '../../support/ordering';
import { claimName, refuseClaim } from './claim-name';
import { JWT_ISSUER, type JwtIssuer } from './jwt-issuer';

/** Whose token a request has to carry, beside what its caller is. */
export interface EndUser {
  /** Who signed it. */
  readonly issuer: JwtIssuer;

  /**
   * What it says: each of these claims has one of its values, or holds it where it is a list. A value may end or begin with `*`, and `*` alone is any. A
   * claim inside another is written as Istio does: `[realm_access][roles]`.
   * @default - any token of the issuer
   */
  readonly claims?: { [claim: string]: string[] };

  /**
   * Whether a request may come without a token. One with a wrong or expired token is refused all the same, and `claimHeaders` of the issuer say who it was
   * where there was one: for pages that anybody may see and that greet whom they know. It says nothing of claims.
   * @default false
   */
  readonly optional?: boolean;
}

const AT = 'EndUser';

export const END_USER = struct<EndUser>({ issuer: JWT_ISSUER, claims: optional(mapOf(listOf(TEXT))), optional: optional(BOOLEAN) });

/** The user as plain data. */
export function userPartOf({ issuer, claims = {}, optional: isOptional = false }: EndUser): UserPart {
  if (isOptional && Object.keys(claims).length > 0) refuseClaims(Object.keys(claims));
  const entries = Object.entries(claims).map(([name, values]) => [claimName(AT, name), requireValues(name, values)] as const);
  return Object.freeze({
    issuer: issuer._facts,
    claims: Object.fromEntries(sortedBy(entries, ([name]) => name)),
    ...(isOptional && { isOptional }),
  });
}

function refuseClaims(names: readonly string[]): never {
  throw new MeshError({
    code: 'MESH850',
    at: AT,
    what: 'a token that may be left out has no claims to compare: who leaves it out would pass them by',
    got: `optional: true, and claims ${names.join(', ')}`,
    fix: 'leave out optional, and only those users are let in; or leave out claims',
  });
}

function requireValues(name: string, values: readonly string[]): string[] {
  const wrong = values.find((value) => value === '' || value === '**' || /.\*./.test(value));
  if (values.length > 0 && wrong === undefined) return [...new Set(values)].sort();
  const got = wrong === undefined ? `${name}: []` : `${name}: ${wrong === '' ? 'an empty text' : wrong}`;
  return refuseClaim(AT, got, "name each value, for example role: ['clerk']; '*' alone for any");
}
