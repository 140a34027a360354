import type { IConstruct } from 'constructs';
import { requireDnsLength, requireNameLength } from './bounds/dns-length';
import { isDeferred } from './deferred';
import { MeshError } from './mesh-error';

const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LIMIT = 63;

/** Refuses what a Service or the value of a label cannot be called; no shortening, for names are contract. */
export function requireName(at: IConstruct | string, what: string, name: string, limit = LIMIT): string {
  return check(at, what, name, SERVICE_NAME, 'beginning with a letter', limit);
}

/** Namespaces may begin with a digit. */
export function requireNamespaceName(at: IConstruct | string, name: string): string {
  return check(at, 'namespace name', name, LABEL, 'beginning with a letter or digit');
}

/** So may ServiceAccounts; dots, which Kubernetes takes, would be patterns in the policies of older Istio versions. */
export function requireAccountName(at: IConstruct | string, name: string): string {
  return check(at, 'ServiceAccount name', name, LABEL, 'beginning with a letter or digit, without dots');
}

function check(at: IConstruct | string, what: string, name: string, form: RegExp, beginning: string, limit = LIMIT): string {
  if (name.length <= limit && form.test(name)) return name;
  const long = name.length > limit;
  throw new MeshError({
    code: 'MESH001',
    at,
    what: `a ${what} is a DNS label: lower case letters, digits and '-', ${beginning}, at most ${limit} characters`,
    got: long ? `${name} (${name.length} characters)` : name,
    fix: `choose a${long ? ' shorter' : 'nother'} ${what}`,
  });
}

/** A name in DNS; one that is known only later is taken as it is. */
export function requireDomain(at: IConstruct | string, what: string, name: string): string {
  return isDeferred(name) ? name : requireDnsLength(at, what, requireDotted(at, what, name));
}

/** Names of objects that may have dots, such as Secrets; one that is known only later is taken as it is. */
export function requireDottedName(at: IConstruct | string, what: string, name: string): string {
  return isDeferred(name) ? name : requireNameLength(at, what, requireDotted(at, what, name));
}

function requireDotted(at: IConstruct | string, what: string, name: string): string {
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (new RegExp(`^${label}(\\.${label})*$`).test(name)) return name;
  throw new MeshError({
    code: 'MESH032',
    at,
    what: `a ${what} is made of lower case letters, digits and '-', in parts divided by dots, without scheme or path`,
    got: name,
    fix: `write the ${what} alone`,
  });
}

/** Istio reads the word `none` as no waypoint. */
export function requireWaypointName(at: IConstruct, name: string): string {
  if (name !== 'none') return requireName(at, 'waypoint name', name);
  throw new MeshError({
    code: 'MESH033',
    at,
    what: 'a waypoint has another name than none, which Istio reserves',
    got: name,
    fix: 'leave waypoint out where there is none',
  });
}
