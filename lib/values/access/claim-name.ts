import { MeshError } from '../../support/mesh-error';

/** As Istio writes the name of a claim, with a pair of brackets around each part: two pairs are a claim inside another. */
export function claimName(at: string, name: string): string {
  const isBracketed = /^(\[[^[\]]+\])+$/.test(name);
  if (isBracketed || /^[^[\]]+$/.test(name)) return isBracketed ? name : `[${name}]`;
  return refuseClaim(at, name === '' ? 'a claim without a name' : name, "write for example role, or '[realm_access][roles]'");
}

export function refuseClaim(at: string, got: string, fix: string): never {
  throw new MeshError({
    code: 'MESH806',
    at,
    what: "a claim has a name, with a pair of brackets around each part or none, and values with '*' only as their first or last character",
    got,
    fix,
  });
}
