import type { Cluster } from './cluster';
import { type Step, inspect } from './inspection';
import type { Layer, Plan, Trip } from './plan';
import type { Request } from './request';
import { travel } from './travel';

export interface Decision {
  readonly allowed: boolean;
  /** The object that decided: the first refusal, else the grant at the first who asked for one. */
  readonly by: string;
  readonly layer: Layer;
  /** Everything that was asked on the way, in order. */
  readonly trail: readonly Step[];
}

/** What `by` says where nothing is attached that could have refused. */
export const NOTHING = 'nothing in the way';

/** Whether a request arrives. Where it may end at several workloads, all of them must take it. */
export function decide(cluster: Cluster, request: Request): Decision {
  const decisions = decideAll(cluster, request);
  return decisions.find((decision) => !decision.allowed) ?? decisions[0];
}

/** One decision for each way that requests take; ways of weight 0 are not taken. */
export function decideAll(cluster: Cluster, request: Request): Decision[] {
  const plan = travel(cluster, request);
  const taken = plan.trips.filter((trip) => trip.share > 0);
  return taken.length === 0 ? [unrouted(plan)] : taken.map((trip) => decideTrip(cluster, request, trip));
}

function decideTrip(cluster: Cluster, request: Request, trip: Trip): Decision {
  const trail: Step[] = [];
  for (const hop of trip.hops) {
    trail.push(...inspect(cluster, hop, request));
    const last = trail.at(-1);
    if (last && !last.allowed) return { allowed: false, by: last.by ?? NOTHING, layer: last.layer, trail };
  }
  if (trip.refusal) return { allowed: false, ...trip.refusal, trail };
  const grant = trail.find((step) => step.layer === 'authorization' && step.by) ?? trail.filter((step) => step.by).at(-1);
  return { allowed: true, by: grant?.by ?? NOTHING, layer: grant?.layer ?? 'network', trail };
}

/** All weights are zero: the route answers, and nobody else does. */
const unrouted = ({ legs }: Plan): Decision => ({ allowed: false, by: legs.at(-1)?.by ?? NOTHING, layer: 'routing', trail: [] });
