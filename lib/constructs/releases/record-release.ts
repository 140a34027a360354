import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import type { AffinityFacts, WeightedVersion } from '../../model/route';
import { CallSite } from '../../support/call-site';
import type { RequestMatch } from '../../values/traffic/request-match';
import type { WeightsOwner } from '../../values/traffic/weights-owner';
import { matchFactsOf } from '../routes/match-facts-of';
import type { MeshedService } from '../service/meshed-service';
import { servicePodsOf } from '../service/service-pods';

/** Requests that go to one version, whatever the shares of the others are. */
export interface SentTo {
  /** One is enough; none where the list is empty. */
  readonly match: readonly RequestMatch[];
  readonly version: string;
}

/** How a release shares out the requests to its service. */
export interface Sharing {
  /** Kind of the release, after which its rules are called. */
  readonly by: string;
  /** The versions that it adds. */
  readonly versions: readonly string[];
  readonly matched: readonly SentTo[];
  /** Percent of all others that each version takes. */
  readonly shares: readonly WeightedVersion[];
  readonly affinity?: AffinityFacts;
  readonly weightsOwnedBy?: WeightsOwner;
}

/** Says so: a statement for each list of matches, and one about all other requests. */
export function recordRelease(at: Construct, service: MeshedService, sharing: Sharing): void {
  const { by, versions, matched, shares, affinity, weightsOwnedBy } = sharing;
  const graph = MeshGraph.of(at);
  const said = { service: servicePodsOf(service).party.key, by, path: at.node.path, site: CallSite.here() };
  for (const [order, { match, version }] of matched.entries()) {
    const matches = matchFactsOf(at, match);
    if (matches.length > 0) graph.addRoute({ ...said, matches, order, shares: [{ version, weight: 100 }] });
  }
  graph.addRoute({ ...said, versions, shares, affinity, weightsOwnedBy: weightsOwnedBy?.who });
}
