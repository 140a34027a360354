import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { type Decision, decideAll } from '../decide';
import { type Class, classesOf, divided, type Division, type Ends, waysOf } from '../reach/division';
import { nameOf } from '../reach/reach';
import type { Request } from '../requests/request';
import { type GatewayHost, hostsAtGateways } from './gateway-hosts';

/** Requests that come in under a host of a gateway, by where they end. */
export interface Arrivals {
  readonly at: GatewayHost;
  readonly ends: Ends;
  /** Undefined where there are too many combinations to try. */
  readonly division?: Division;
  /** Each answer has a decision for every end at which such requests arrive, and what nobody can tell. */
  readonly classes: readonly Class<readonly Decision[]>[];
}

/** What comes in at every gateway, and where it ends. */
export const arrivalsAtGateways = perCluster((cluster: Cluster): readonly Arrivals[] =>
  hostsAtGateways(cluster).map((at) => arrivalsAt(cluster, at)),
);

function arrivalsAt(cluster: Cluster, at: GatewayHost): Arrivals {
  const { gateway, host, port } = at;
  const ends: Ends = { from: [{ gateway, showsCertificate: true }], to: { host, port } };
  const division = divided(cluster, ends, waysOf(cluster, ends));
  if (!division) return { at, ends, classes: [] };
  const arriving = (request: Request): Decision[] =>
    decideAll(cluster, request).filter(({ allowed, unknown }) => allowed || unknown !== undefined);
  const named = (decisions: readonly Decision[]): string => JSON.stringify(decisions.map((one) => [one.workload, nameOf(one)]));
  const classes = classesOf(division, arriving, named).filter(({ answer }) => answer.length > 0);
  return { at, ends, division, classes };
}
