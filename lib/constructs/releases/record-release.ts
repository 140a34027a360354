import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import type { WeightedVersion } from '../../model/route';
import { CallSite } from '../../support/call-site';
import type { RequestMatch } from '../../values/traffic/request-match';
import type { WeightsOwner } from '../../values/traffic/weights-owner';
import type { MeshedService } from '../service/meshed-service';
import { servicePodsOf } from '../service/service-pods';

/** How a release shares out the requests to its service. */
export interface Sharing {
  /** Kind of the release, after which its rules are called. */
  readonly by: string;
  /** The version that it adds. */
  readonly version: string;
  readonly match?: readonly RequestMatch[];
  /** The version that gets the requests that match, whole. */
  readonly matched: string;
  /** Percent of all others that each version takes. */
  readonly shares: readonly WeightedVersion[];
  readonly weightsOwnedBy?: WeightsOwner;
}

/** Says so: a statement about the requests that match, and one about all others. */
export function recordRelease(at: Construct, service: MeshedService, sharing: Sharing): void {
  const { by, version, match = [], matched, shares, weightsOwnedBy } = sharing;
  const graph = MeshGraph.of(at);
  const said = { service: servicePodsOf(service).party.key, by, path: at.node.path, site: CallSite.here() };
  if (match.length > 0) graph.addRoute({ ...said, matches: match.map((one) => one._facts), shares: [{ version: matched, weight: 100 }] });
  graph.addRoute({ ...said, versions: [version], shares, weightsOwnedBy: weightsOwnedBy?.who });
}
