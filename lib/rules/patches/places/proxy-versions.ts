import { remembered } from '../../../support/kept/remembered';
import { trySearch } from '../../../verdict/routes/patterns';

const upTo = (most: number): number[] => [...Array(most + 1).keys()];
const BUILDS = ['', '-dev', '-alpha.0', '-beta.1', '-rc.0', '-distroless'];
/** Versions that proxies may say, and some to come. */
const VERSIONS: readonly string[] = upTo(60).flatMap((minor) =>
  upTo(20).flatMap((patch) => BUILDS.map((build) => `1.${minor}.${patch}${build}`)),
);

/** Those that a pattern finds; nothing where nobody can tell. istiod looks for it anywhere in the version. */
const versionsOf = remembered((pattern: string): ReadonlySet<string> | undefined => {
  const search = trySearch(pattern);
  const found = search && VERSIONS.filter((version) => version.search(search) >= 0);
  return found === undefined || found.length === 0 ? undefined : new Set(found);
});

/** Whether two patterns may find one version; a version that neither of them is known for may be one. */
export function shareVersion(one: string, other: string): boolean {
  if (one === other) return true;
  const [ofOne, ofOther] = [versionsOf(one), versionsOf(other)];
  return ofOne === undefined || ofOther === undefined || [...ofOne].some((version) => ofOther.has(version));
}
