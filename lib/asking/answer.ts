import type { Cluster } from '../cluster/cluster';
import { nameOf } from '../cluster/objects/manifest-object';
import type { ManifestObject } from '../model/mesh-model';
import { type DecidedWay, type Decision, decideWay, hardest, NOTHING } from '../verdict/decide';
import type { Step } from '../verdict/inspection';
import { inside, isMutual } from '../verdict/protection';
import { speakerOf } from '../verdict/requests/callers';
import type { Request } from '../verdict/requests/request';
import { answerText } from '../verdict/routes/proxy-answer';
import { type Split, split } from '../verdict/split';
import type { PartialFault } from '../verdict/travel/faults';
import type { Leg } from '../verdict/travel/plan';
import { notReadOnTheWay } from './not-read';
import type { Verdict, VerdictObject, VerdictStep, VerdictWould } from './verdict';

/** The verdict on a question that may mean several workloads by its caller: whoever of them is refused decides. */
export function verdictOn(cluster: Cluster, requests: readonly Request[]): Verdict {
  const ways = requests.map((request) => ({ request, ...decideWay(cluster, request) }));
  const { request, ...way } = hardest(ways);
  return verdictOf(cluster, request, way, split(cluster, request));
}

function verdictOf(cluster: Cluster, request: Request, way: DecidedWay, { shares, legs, timeout, retries }: Split): Verdict {
  const { decision, hops } = way;
  const { allowed, unknown, layer, object, asks = [], answer } = decision;
  const faults = (decision.faults ?? []).map(faultText);
  const met = hops.filter((hop) => decision.trail.some(({ at }) => at === hop.at));
  const notRead = notReadOnTheWay(cluster, [{ pod: speakerOf(cluster, request.from) }, ...met.flatMap(({ enforcer }) => enforcer ?? [])]);
  return {
    allowed,
    layer,
    text: [resultText(decision), ...faults].join('; but '),
    decidedBy: object && asVerdictObject(object),
    unknown,
    trail: trailOf(decision.trail, legs),
    split: shares.map(({ weight, host, workload, subset }) => ({ percent: weight, host, workload, subset })),
    timeout,
    retries: retries && { attempts: retries.attempts, perTryTimeout: retries.perTryTimeout, retryOn: retries.retryOn },
    mtls: isMutual(hops),
    identity: inside(hops)[0]?.principal,
    would: decision.trail.flatMap(notesOf),
    asks: [...asks],
    faults,
    answeredStatus: answer?.status,
    answeredGrpcStatus: answer?.grpcStatus,
    answeredLocation: answer?.location,
    notRead: notRead.map(asVerdictObject),
  };
}

function resultText({ allowed, unknown, layer, by, object, why, answer, asksInVain }: Decision): string {
  const whom = by === NOTHING ? by : `by ${titled(by, object)}`;
  if (unknown !== undefined) return `nobody can tell: ${unknown}, ${whom}`;
  if (why !== undefined) return `refused (${layer}), ${why} ${titled(by, object)}`;
  if (answer?.why === 'fault') return `${answerText(answer)} by the fault of ${titled(by, object)}`;
  if (answer?.why === 'none') return `${answerText(answer)}, as no route of ${titled(by, object)} matches`;
  if (answer) return `${answerText(answer)}, ${whom}`;
  return `${allowed ? 'allowed' : `refused (${layer})`}, ${whom}${inVain(asksInVain)}`;
}

function inVain(provider: string | undefined): string {
  return provider === undefined ? '' : `, whose provider ${provider} is none of the mesh`;
}

function faultText({ at, text, by, object }: PartialFault): string {
  return `${text} by the fault of ${titled(by, object)}, at ${at}`;
}

export function asVerdictObject(object: ManifestObject): VerdictObject {
  const { kind, name, namespaceName, position, path, site } = object;
  const place = position ? { ...position } : { declaredIn: path };
  return { kind, name, namespaceName, ...place, ...(site && { declaredAt: site.line }) };
}

/** `AuthorizationPolicy shop/cart (k8s/cart.yaml:12:1)`. */
function titled(by: string, object: ManifestObject | undefined): string {
  return object ? `${nameOf(object)} (${placeOf(object)})` : by;
}

function placeOf({ position, path, site }: ManifestObject): string {
  if (!position) return site?.line ?? path;
  const { file, line, column } = position;
  return `${file}:${line}:${column}${site ? `, said at ${site.line}` : ''}`;
}

/** Who routes is heard before whom it routes to: the caller's own proxy first, each proxy on the way once it has let a request in. */
function trailOf(steps: readonly Step[], legs: readonly Leg[]): VerdictStep[] {
  const places = [...new Set(steps.map(({ at }) => at))];
  const routing = (at: string): VerdictStep[] => legs.filter((leg) => leg.at === at).map(routingStep);
  const first = legs.filter(({ at }) => !places.includes(at)).map(routingStep);
  return [...first, ...places.flatMap((at) => [...steps.filter((step) => step.at === at).map(saidStep), ...routing(at)])];
}

const NOTES = { audit: 'noted', deny: 'would be refused', allow: 'would be allowed' } as const;

function notesOf({ at, would = [] }: Step): VerdictWould[] {
  return would.map(({ effect, by, object, isUnclear }) => ({
    at,
    effect,
    text: `${NOTES[effect]} by ${titled(by, object)}${isUnclear ? ', or not: it asks for what is not known here' : ''}`,
    policy: asVerdictObject(object),
  }));
}

function routingStep({ at, by, object, rule }: Leg): VerdictStep {
  const named = rule === undefined ? '' : `, rule ${rule}`;
  const text = by === undefined ? 'no route says anything' : `routed by ${titled(by, object)}${named}`;
  return { at, layer: 'routing', allowed: true, text, decidedBy: object && asVerdictObject(object) };
}

function saidStep({ at, layer, allowed, unknown, by, object, asksInVain, asks = [] }: Step): VerdictStep {
  const who = by === undefined ? 'nothing has a say' : `${allowed ? 'allowed' : 'refused'} by ${titled(by, object)}${inVain(asksInVain)}`;
  const also = asks.length > 0 ? `, if ${asks.join(' and ')} agrees` : '';
  return { at, layer, allowed, text: unknown ?? `${who}${also}`, decidedBy: object && asVerdictObject(object) };
}
