import type { Cluster } from '../cluster/cluster';
import { inspect, type Step } from './inspection';
import type { Verdict } from './decision/verdict';
import { inOrder, type Request } from './requests/request';
import type { ProxyAnswer } from './routes/proxy-answer';
import { faultsOn, type PartialFault } from './travel/faults';
import type { Hop } from './travel/hop';
import type { Layer, Plan, Trip } from './travel/plan';
import { travel } from './travel/travel';

/** Whether a request arrives; `by` is what decided: the first refusal, else the grant at the first who asked for one. */
export interface Decision extends Verdict {
  readonly by: string;
  readonly layer: Layer;
  /** What is the matter with the object: `no endpoint is behind`. */
  readonly why?: string;
  /** What the client hears where a proxy answers by itself because a route says so. */
  readonly answer?: ProxyAnswer;
  /** What proxies on the way do on purpose to a part of such requests; for the rest it says whether they arrive. */
  readonly faults?: readonly PartialFault[];
  /** `namespace/name` of the workload at the end of the way; none outside the manifests, or where there is no way. */
  readonly workload?: string;
  /** Everything that was asked on the way, in order. */
  readonly trail: readonly Step[];
}

/** What `by` says where nothing is attached that could have refused. */
export const NOTHING = 'nothing in the way';

/** A decision and the connections that it is about; none where there is no way. */
export interface DecidedWay {
  readonly decision: Decision;
  readonly hops: readonly Hop[];
}

/** Where a request may end at several workloads, all of them must take it. */
export function decide(cluster: Cluster, request: Request): Decision {
  return decideWay(cluster, request).decision;
}

/** The same, with the way on which it was decided; `plan` is known already where all requests take the same ways. */
export function decideWay(cluster: Cluster, request: Request, plan?: Plan): DecidedWay {
  return hardest(decideWays(cluster, request, plan));
}

/** Of several decisions the one that counts: a refusal, else what nobody can tell, else the first. */
export function hardest<T extends { readonly decision: Pick<Decision, 'allowed' | 'unknown'> }>(ways: readonly T[]): T {
  const refusal = ways.find(({ decision }) => !decision.allowed && decision.unknown === undefined);
  return refusal ?? ways.find(({ decision }) => !decision.allowed) ?? ways[0];
}

/** One decision for each way that requests take; ways of weight 0 are not taken. */
export function decideAll(cluster: Cluster, asked: Request): Decision[] {
  return decideWays(cluster, asked).map(({ decision }) => decision);
}

function decideWays(cluster: Cluster, asked: Request, known?: Plan): DecidedWay[] {
  const request = inOrder(cluster, asked);
  const plan = known ?? travel(cluster, request);
  const taken = plan.trips.filter((trip) => trip.share > 0);
  if (taken.length === 0) return [{ decision: unrouted(plan), hops: [] }];
  const faults = faultsOn(plan.legs);
  return taken.map((trip) => ({ decision: withFaults(decideTrip(cluster, request, trip), faults), hops: trip.hops }));
}

/** What does not arrive is not divided further. */
function withFaults(decision: Decision, faults: readonly PartialFault[]): Decision {
  return decision.allowed && faults.length > 0 ? { ...decision, faults } : decision;
}

function decideTrip(cluster: Cluster, request: Request, trip: Trip): Decision {
  const trail: Step[] = [];
  for (const hop of trip.hops) {
    trail.push(...inspect(cluster, hop, request));
    const last = trail.at(-1);
    if (last && !last.allowed) return { ...withoutPlace(last), by: last.by ?? NOTHING, trail };
  }
  if (trip.refusal) return { allowed: false, ...trip.refusal, trail };
  if (trip.unknown !== undefined) return { allowed: false, unknown: trip.unknown, by: trip.host, layer: 'routing', trail };
  const grant = trail.find((step) => step.layer === 'authorization' && step.by) ?? trail.filter((step) => step.by).at(-1);
  const { workload } = trip;
  const asks = trail.flatMap((step) => step.asks ?? []);
  return {
    allowed: true,
    ...(asks.length > 0 && { asks }),
    by: grant?.by ?? NOTHING,
    object: grant?.object,
    layer: grant?.layer ?? 'network',
    workload,
    trail,
  };
}

function withoutPlace({ at: _, ...said }: Step): Omit<Step, 'at'> {
  return said;
}

/** All weights are zero: the route answers, and nobody else does. */
function unrouted({ legs }: Plan): Decision {
  const last = legs.at(-1);
  return { allowed: false, by: last?.by ?? NOTHING, object: last?.object, layer: 'routing', trail: [] };
}
