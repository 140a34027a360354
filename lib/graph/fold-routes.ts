import type { PartyFacts } from '../model/party';
import type { RouteFeatures } from '../model/route-features';
import type { AffinityFacts, RouteRule, RouteStatement, RouteTable, WeightedVersion } from '../model/route';
import { featuresIn, routeFeatures, valueOf } from '../planes/features';
import { sortedBy } from '../support/ordering';
import { groupMatches, heldFeatures } from './match-groups';
import { byOwnPaths } from './own-paths';
import { conflictsIn, untoldIn } from './route-conflicts';

const WHOLE = 100;

/**
 * The one table of a service, whoever shapes its traffic and in whatever order it was said: first what is about some requests, the narrowest
 * match first and then by construct path, last what holds for all others.
 */
export function foldRoutes(service: PartyFacts, said: readonly RouteStatement[]): RouteTable {
  const statements = sortedBy(said, ({ path }) => (path === service.path ? '' : path));
  const general = statements.filter(({ matches }) => !matches);
  const special = statements.filter(({ matches }) => matches);
  const versions = [...new Set(statements.flatMap(({ versions: some = [] }) => some))];
  const untold = untoldIn(special);
  const rest = backendsOf(
    versions,
    general.flatMap(({ shares = [] }) => shares),
  );
  return {
    ...merged(general),
    service,
    versions,
    rules: rulesOf(special, general, versions, rest, affinityOf(statements)),
    weightsOwnedBy: statements.map(({ weightsOwnedBy }) => weightsOwnedBy).find((owner) => owner !== undefined),
    controller: statements.map(({ controller }) => controller).find((one) => one !== undefined),
    routing: statements.map(({ routing }) => routing).find((router) => router !== undefined),
    conflicts: conflictsIn(statements),
    ...(untold.length > 0 && { untold }),
    path: service.path,
    site: service.site,
  };
}

function rulesOf(
  special: readonly RouteStatement[],
  general: readonly RouteStatement[],
  versions: readonly string[],
  rest: readonly WeightedVersion[],
  affinity: AffinityFacts | undefined,
): RouteRule[] {
  const splitting = general.find(({ shares }) => shares);
  if (special.length === 0 && !splitting) return [];
  const live = rest.filter(({ weight }) => weight > 0);
  const sticky = affinity && live.length > 1 ? live.map(({ version }) => returning(version, affinity, general[0])) : [];
  const matched = groupMatches([...special, ...sticky]).flatMap(byOwnPaths);
  const others = sticky.length > 0 && affinity ? rest.map((one) => remembering(one, affinity)) : rest;
  return withOwnNames([
    ...matched.map(({ matches, statements }) => ({
      ...ofOneRoute(general.filter(({ path }) => !statements.some((one) => one.path === path))),
      ...heldFeatures(statements),
      name: `${statements[0].by}-match`,
      matches,
      backends: backendsOfMatch(statements, versions, others),
    })),
    { name: `${(splitting ?? matched[0].statements[0]).by}-split`, matches: [], backends: others },
  ]);
}

// What a construct says of all requests holds for those, too, that another construct has a rule for.
function ofOneRoute(general: readonly RouteStatement[]): RouteFeatures {
  const said = Object.entries(merged(general));
  const own = new Set(routeFeatures().flatMap(({ key, isOfOneRoute }) => (isOfOneRoute ? [key] : [])));
  return Object.fromEntries(said.filter(([key]) => own.has(key))) as RouteFeatures;
}

function affinityOf(statements: readonly RouteStatement[]): AffinityFacts | undefined {
  return statements.map(({ affinity }) => affinity).find((said) => said !== undefined);
}

/** Whoever comes back with the cookie of a version that still takes requests. */
function returning(version: string, { cookie }: AffinityFacts, { service, path }: RouteStatement): RouteStatement {
  const matches = [{ headers: [], queryParams: [], cookies: [{ name: cookie, value: version }] }];
  return { service, by: 'affinity', path: `${path}/affinity`, matches, shares: [{ version, weight: WHOLE }], givesWay: true };
}

function remembering(one: WeightedVersion, { cookie, maxAgeSeconds }: AffinityFacts): WeightedVersion {
  return { ...one, setCookie: `${cookie}=${one.version}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly` };
}

function backendsOfMatch(
  statements: readonly RouteStatement[],
  versions: readonly string[],
  rest: readonly WeightedVersion[],
): readonly WeightedVersion[] {
  const shares = statements.map((one) => one.shares).find((said) => said !== undefined);
  if (!shares) return rest;
  return total(shares) >= WHOLE ? shares : backendsOf(versions, shares);
}

// The stable version gets what is left of these requests. Where it is the only one the Service itself is enough.
function backendsOf([stable, ...others]: readonly string[], shares: readonly WeightedVersion[]): WeightedVersion[] {
  if (shares.length === 0 && others.length === 0) return [];
  const taken = shares.filter(({ version }) => version !== stable);
  return [{ version: stable, weight: Math.max(0, WHOLE - total(taken)) }, ...taken];
}

function total(shares: readonly WeightedVersion[]): number {
  return shares.reduce((sum, { weight }) => sum + weight, 0);
}

// Of two that say the same feature the first holds; where they differ it is a conflict.
function merged(statements: readonly RouteStatement[]): RouteFeatures {
  const entries = [...statements].reverse().flatMap((one) => featuresIn(one).map((feature) => [feature.key, valueOf(feature, one)]));
  return Object.fromEntries(entries) as RouteFeatures;
}

// The Gateway API wants each name once in a route.
function withOwnNames(rules: readonly RouteRule[]): RouteRule[] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const count = (seen.get(rule.name) ?? 0) + 1;
    seen.set(rule.name, count);
    return count === 1 ? rule : { ...rule, name: `${rule.name}-${count}` };
  });
}
