/** By this word a VirtualService asks for claims of a token where others ask for a header. */
const CLAIM = '@request.auth.claims';

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
