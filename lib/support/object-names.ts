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
      fix: `choose another ${what}`,
    });
  }
  return name;
}
