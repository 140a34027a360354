import { stringify } from 'yaml';
import type { Cluster } from '../../../lib/cluster/cluster';
import { titleOf } from '../../../lib/cluster/objects/manifest-object';
import { authorizationPolicies } from '../../../lib/cluster/policies/authorization-policies';
import { podsOfGateway, tryIstioGateway } from '../../../lib/cluster/routes/istio-gateways';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import { disagreement, waysLike, withoutNetwork } from '../agreement';
import type { Answer } from '../answer';
import type { EngineSettings } from '../engine';
import { meshFrom } from '../mesh-under-test';

/** A request on which the evaluator and istiod do not agree. */
export interface Difference {
  readonly request: Request;
  readonly said: string;
}

export interface Compared {
  readonly differences: readonly Difference[];
  /** Why the evaluator cannot tell, of each request of which it says so. */
  readonly untold: readonly string[];
  readonly asked: number;
}

const CANNOT_TELL = 'evaluator cannot tell: ';

/** What both say of each request. What the evaluator cannot tell is no difference, and is counted. */
export async function compare(
  manifests: readonly object[],
  requestsOf: (cluster: Cluster) => readonly Request[],
  settings: EngineSettings = {},
): Promise<Compared> {
  const mesh = meshFrom(manifests, settings);
  const cluster = withoutNetwork(mesh.cluster);
  const requests = requestsOf(cluster);
  const answers = await mesh.answers(requests.map((request) => byPods(cluster, request)));
  const said = requests.flatMap((request, index) => {
    const words = disagreement(cluster, request, answers[index]) ?? layers(cluster, request, answers[index]);
    return words === undefined ? [] : [{ request, said: words }];
  });
  return {
    differences: said.filter((one) => !one.said.startsWith(CANNOT_TELL)),
    untold: said.filter((one) => one.said.startsWith(CANNOT_TELL)).map((one) => one.said.slice(CANNOT_TELL.length)),
    asked: requests.length,
  };
}

/** The judge knows a gateway of Istio's own kind by its pods, not by the Gateway that opens a port of them. */
export function byPods(cluster: Cluster, request: Request): Request {
  if (!('gateway' in request.from)) return request;
  const gateway = tryIstioGateway(cluster, request.from.gateway);
  const pods = gateway && podsOfGateway(cluster, gateway);
  return pods ? { ...request, from: { ...request.from, gateway: pods.key } } : request;
}

/** Where a request is refused, both have to say at which layer; istiod calls a missing host a matter of scope. */
function layers(cluster: Cluster, request: Request, answer: Answer): string | undefined {
  const { allowed, layer, by } = answer;
  if (allowed) return undefined;
  const { layer: own, trail } = decide(cluster, request);
  const isEither = own === 'mtls' && trail.at(-1)?.at.startsWith('ztunnel ') && denies(cluster, by);
  const isOfAnother = waysLike(answer).some((way) => way.layer === own);
  return own === layer || isEither || isOfAnother ? undefined : `layer, evaluator: ${own}; istiod: ${layer}`;
}

/** To ztunnel STRICT is one DENY policy among others: of several that refuse a connection it names any. */
function denies(cluster: Cluster, title: string): boolean {
  return authorizationPolicies(cluster).some(({ object, action }) => action === 'DENY' && titleOf(object) === title);
}

/** The whole difference for whoever has to find out who is right: the manifests, the request, and both answers with their ways. */
export async function told(manifests: readonly object[], { request, said }: Difference): Promise<string> {
  const mesh = meshFrom(manifests);
  const cluster = withoutNetwork(mesh.cluster);
  const answer = await mesh.answer(byPods(cluster, request));
  const { trail, object: _, ...decision } = decide(cluster, request);
  const steps = trail.map(({ object: __, ...step }) => step);
  return [
    said,
    manifests.map((one) => stringify(one)).join('---\n'),
    `request: ${JSON.stringify(request)}`,
    `evaluator: ${JSON.stringify({ ...decision, trail: steps }, null, 1)}`,
    `istiod: ${JSON.stringify({ ...answer, ways: answer.ways.map(({ cluster: ___, ...way }) => way) }, null, 1)}`,
  ].join('\n');
}
