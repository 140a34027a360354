import type { CallStatement } from '../call';
import type { PartyFacts } from '../party';

/** Where callers connect from tells them, be it alone or with an identity. */
export function isByAddress({ caller, conditions = [] }: { readonly caller: PartyFacts } & Pick<CallStatement, 'conditions'>): boolean {
  return (caller.kind === 'callers' && caller.addresses !== undefined) || conditions.some((one) => one.in === 'addresses');
}

type Caller = Pick<PartyFacts, 'kind' | 'key' | 'principal' | 'addresses'>;

/** Whether one caller is among those that another stands for, by what they are called. */
export function isAmong(one: Caller, others: Caller): boolean {
  return others.kind === 'anyone' || one.key === others.key || isNamedBy(others.principal, one.principal);
}

/** Whether somebody may be both; nobody is told by an address. */
export function mayBeBoth(one: Caller, other: Caller): boolean {
  const isTold = one.addresses === undefined && other.addresses === undefined;
  return !isTold || isAmong(one, other) || isAmong(other, one);
}

/** Told by where they are, so that anybody may be among them. Machines are somewhere as well, and told by their identity. */
export function isToldByAddress({ kind, addresses }: Pick<PartyFacts, 'kind' | 'addresses'>): boolean {
  return kind !== 'service' && addresses !== undefined;
}

/** Whether an identity is one that a grant names: the same, or one that begins as a pattern does. */
export function isNamedBy(pattern: string | undefined, principal: string | undefined): boolean {
  if (pattern === undefined || principal === undefined) return false;
  return pattern.endsWith('*') ? principal.startsWith(pattern.slice(0, -1)) : pattern === principal;
}
