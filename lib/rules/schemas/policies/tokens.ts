import { type Fields, fieldsOf, isSaid, textOf } from '../../../cluster/objects/fields';
import { jsonIn } from '../../../support/yaml/json-in';
import type { Demand } from '../demands/demand';
import { TIMESPAN } from '../demands/pools';
import { isNoTimespan } from '../values/timespans';

const RULE = 'spec.jwtRules[]';
const STRICT_NAME = /^[-_A-Za-z0-9]+$/;

/** What is asked of the token rules of a RequestAuthentication. */
export const TOKEN_DEMANDS: readonly Demand[] = [
  {
    at: RULE,
    refuses: (rule) => Boolean(textOf(fieldsOf(rule).jwksUri) && textOf(fieldsOf(rule).jwks)),
    what: 'has both jwks and jwksUri',
    fix: 'keep one of them',
  },
  {
    at: `${RULE}.jwks`,
    refuses: (keys) => typeof keys === 'string' && keys !== '' && !isKeySet(jsonIn(keys)),
    what: 'is no set of keys',
    fix: 'write the JSON of the issuer, { "keys": [ … ] }',
  },
  { at: `${RULE}.timeout`, refuses: isNoTimespan, ...TIMESPAN },
  {
    at: [`${RULE}.fromHeaders[]`, `${RULE}.outputClaimToHeaders[]`],
    refuses: (item) => lacksName(fieldsOf(item)),
    what: 'lacks a name',
    fix: 'write the name of the header, and of the claim',
  },
  {
    at: [`${RULE}.fromParams[]`, `${RULE}.fromCookies[]`],
    refuses: (name) => name === '',
    what: 'is empty',
    fix: 'write its name',
  },
  {
    at: `${RULE}.outputClaimToHeaders[].header`,
    refuses: (name) => typeof name === 'string' && name !== '' && !STRICT_NAME.test(name),
    what: 'is no name of a header',
    fix: 'write letters, digits, - and _',
  },
];

function isKeySet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && ('keys' in value || 'kty' in value);
}

function lacksName({ name, header, claim }: Fields): boolean {
  return isSaid(header) || isSaid(claim) ? !textOf(header) || !textOf(claim) : !textOf(name);
}
