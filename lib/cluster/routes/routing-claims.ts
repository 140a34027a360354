import { CLAIM } from '../../model/matches/claim-test';

/** It looks like a claim, whether Istio can read it or not. */
export function isLikeClaim(header: string): boolean {
  return header.toLowerCase().startsWith(CLAIM);
}

/** The names of a claim and of those that it is in, the outermost first; undefined for what is a header like any other. */
export function claimNames(header: string): readonly string[] | undefined {
  const rest = isLikeClaim(header) ? header.slice(CLAIM.length) : '';
  if (/^\[.+\]$/s.test(rest)) return rest.slice(1, -1).split('][');
  return rest.startsWith('.') && rest.length > 1 ? rest.slice(1).split('.') : undefined;
}
