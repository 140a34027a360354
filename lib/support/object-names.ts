import type { IConstruct } from 'constructs';
import { MeshError } from './mesh-error';

const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LIMIT = 63;

/** Refuses what a Service, a namespace or a label value cannot be called; no shortening, for names are contract. */
export function checkName(at: IConstruct | string, what: string, name: string): string {
  if (name.length > LIMIT || !DNS_LABEL.test(name)) {
    throw new MeshError({
      code: 'MESH001',
      at,
      what: `a ${what} is a DNS label: lower case letters, digits and '-', beginning with a letter, at most ${LIMIT} characters`,
      got: name.length > LIMIT ? `${name} (${name.length} characters)` : name,
      fix: name.length > LIMIT ? `choose a shorter ${what}` : `choose another ${what}`,
    });
  }
  return name;
}

/** Names of objects that may have dots, such as Secrets, and of domains. */
export function checkDomain(at: IConstruct | string, what: string, name: string): string {
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (name.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(name)) return name;
  throw new MeshError({
    code: 'MESH032',
    at,
    what: `a ${what} is made of lower case letters, digits and '-', in parts divided by dots, without scheme or path`,
    got: name,
    fix: `write the ${what} alone`,
  });
}

/** Istio reads the word `none` as no waypoint. */
export function checkWaypointName(at: IConstruct, name: string): string {
  if (name !== 'none') return checkName(at, 'waypoint name', name);
  throw new MeshError({
    code: 'MESH033',
    at,
    what: 'a waypoint has another name than none, which Istio reserves',
    got: name,
    fix: 'leave waypoint out where there is none',
  });
}
