import type { MeshGraph } from '../graph/mesh-graph';
import type { Settled } from '../graph/settled';
import type { Declared } from '../model/declared';
import type { ExposureStatement } from '../model/exposure';
import type { LimitStatement } from '../model/limits/limits';
import { overlapOf } from '../model/matches/match-overlap';
import type { LimitModel } from '../model/mesh-model';
import type { RouteMatch } from '../model/route';
import { comingFrom } from '../planes/shaping/exposed-paths';
import { limitedPaths } from '../planes/shaping/limited-paths';
import { sortedBy } from '../support/ordering';

/** Limits by a path that their proxies see in other words than those in which it was said. */
export function limitModels(graph: MeshGraph, settled: Settled): LimitModel[] {
  const models = graph.limits.flatMap((limit) => ofService(limit, graph, settled) ?? ofGateway(limit, graph, settled) ?? []);
  return sortedBy(models, ({ path }) => path);
}

function ofService({ owner, match, path, site }: LimitStatement, graph: MeshGraph, settled: Settled): LimitModel | undefined {
  const facts = graph.parties.get(owner)!;
  if (facts.kind !== 'service') return undefined;
  const found = limitedPaths(match, settled.table(facts));
  if (!found) return undefined;
  const by = graph.routesOf(owner).filter(({ rewrite, matches }) => rewrite?.path && isAbout(matches, match));
  return { owner: settled.party(facts), said: match.path!, ...found, by: each(by), path, site };
}

// A gateway counts before it changes a path, so that what only comes of a change is never counted.
function ofGateway({ owner, match, path, site }: LimitStatement, graph: MeshGraph, settled: Settled): LimitModel | undefined {
  const exposed = graph.exposures.filter(({ gateway }) => gateway.key === owner);
  if (exposed.some(({ pathPrefix }) => isAbout([below(pathPrefix)], match))) return undefined;
  const meant = exposed.filter((one) => one.rewrite?.path && comingFrom(one, match.path!).length > 0);
  if (meant.length === 0) return undefined;
  const seen = meant.flatMap((one) => comingFrom(one, match.path!));
  return { owner: settled.party(graph.parties.get(owner)!), said: match.path!, seen, others: [], by: each(meant), path, site };
}

function isAbout(matches: readonly RouteMatch[] | undefined, { path }: RouteMatch): boolean {
  return !matches || matches.some((one) => overlapOf(one, { headers: [], queryParams: [], path }).is !== 'nothing');
}

function below(value: string): RouteMatch {
  return { headers: [], queryParams: [], path: { type: 'PathPrefix', value } };
}

function each(said: ReadonlyArray<Declared | ExposureStatement>): Declared[] {
  return [...new Map(said.map(({ path, site }) => [path, { path, site }])).values()];
}
