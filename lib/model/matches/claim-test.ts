import type { HeaderTest, RouteMatch } from '../route';

/** By this word a VirtualService asks for claims of a token where others ask for a header. */
export const CLAIM = '@request.auth.claims';

/** A claim of a token that the proxy has checked, in the place of a header. Its name has a pair of brackets around each part. */
export function claimTest(name: string, value: string): HeaderTest {
  return { name: `${CLAIM}${name}`, type: 'Exact', value };
}

/** Names of the claims that some matches ask for. */
export function claimsAsked(matches: readonly RouteMatch[]): string[] {
  const names = matches.flatMap(({ headers }) => headers.map(({ name }) => name));
  return [...new Set(names.filter((name) => name.startsWith(CLAIM)).map((name) => name.slice(CLAIM.length)))].sort();
}
