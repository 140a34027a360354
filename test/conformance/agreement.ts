import type { Answer } from './answer';
import type { MeshUnderTest } from './mesh-under-test';
import type { Cluster } from '../../lib/cluster/cluster';
import { authorizationPolicies } from '../../lib/cluster/policies/authorization-policies';
import { gatewayApiRoutes } from '../../lib/cluster/routes/gateway-api-routes';
import { textsOf } from '../../lib/cluster/objects/fields';
import { specOf } from '../../lib/cluster/objects/manifest-object';
import { podsBehind, servedPorts } from '../../lib/cluster/services/endpoints';
import { isHeadless, servicesOf } from '../../lib/cluster/services/services';
import { gatewaysOf, listenersOf } from '../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import { type Decision, decide, decideAll } from '../../lib/verdict/decide';
import { without } from '../../lib/verdict/layers';
import type { Caller, Request, Target } from '../../lib/verdict/requests/request';
import { type Share, split } from '../../lib/verdict/split';
import { type Line, linesFor, linesForPod, linesForRoutes } from '../verdict/samples';

interface Inquiry {
  readonly to: Target;
  /** None where bytes are all that is sent. */
  readonly lines: readonly Line[];
  readonly callers: readonly Caller[];
}

/** Everything worth asking about a cluster: every caller, known or strange, to every service, every pod and every exposed host. */
export const questionsAbout = (cluster: Cluster): Request[] =>
  [...aboutServices(cluster), ...aboutPods(cluster), ...aboutGateways(cluster)].flatMap(({ to, lines, callers }) =>
    callers.flatMap((from) => (lines.length === 0 ? [{}] : lines).map((line) => ({ from, to, ...line }))),
  );

/** The workloads, a pod of each proxy in a namespace of its own, the identity of each workload in the other plane, and pods outside the mesh. */
function callersOf(cluster: Cluster): Caller[] {
  const workloads = workloadsOf(cluster).filter(({ key }) => !isGateway(cluster, key));
  const strangers = (['sidecar', 'ztunnel', 'none'] as const).map((proxy) => ({
    pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy },
  }));
  const unmeshed = [...new Set(workloads.map(({ namespaceName }) => namespaceName))].map((namespace) => ({ pod: { namespace } }));
  const accounts = new Map(workloads.map(({ principal, proxy }) => [principal, proxy]));
  const identities = [...accounts].flatMap(([principal, proxy]): Caller[] => {
    const [, , namespace, , serviceAccount] = principal?.split('/') ?? [];
    return principal ? [{ identity: { namespace, serviceAccount, proxy: proxy.routesForPods ? 'ztunnel' : 'sidecar' } }] : [];
  });
  return [...workloads.map(({ key }) => ({ workload: key })), ...strangers, ...unmeshed, ...identities];
}

/** Pods of a gateway that comes with Istio: who comes in there is asked of as a gateway's. */
function isGateway(cluster: Cluster, pods: string): boolean {
  const ours = cluster.objects.filter(({ namespaceName, name }) => `${namespaceName}/${name}` === pods);
  return ours.some(({ manifest }) => JSON.stringify(manifest).includes('"inject.istio.io/templates":"gateway"'));
}

function aboutServices(cluster: Cluster): Inquiry[] {
  const callers = callersOf(cluster);
  const services = servicesOf(cluster).filter((one) => !podsBehind(cluster, one).some(({ key }) => isGateway(cluster, key)));
  return services.flatMap((service) => {
    // Among the pods of its own headless Service a pod finds itself, and to itself no pod needs the mesh.
    const own = isHeadless(service) ? podsBehind(cluster, service).map(({ key }) => key) : [];
    const others = callers.filter((caller) => !('workload' in caller && own.includes(caller.workload)));
    return service.hosts.flatMap((host) =>
      service.ports.map(({ number, isHttp }) => ({
        to: { host, port: number },
        lines: isHttp ? linesFor(cluster, service) : [],
        callers: others,
      })),
    );
  });
}

function aboutPods(cluster: Cluster): Inquiry[] {
  const callers = callersOf(cluster);
  return workloadsOf(cluster)
    .filter(({ key }) => !isGateway(cluster, key))
    .flatMap((pod) => {
      const ports = servedPorts(cluster, pod);
      const numbers = [...new Set(ports.map(({ number }) => number))];
      const isHttp = (port: number): boolean => ports.some((one) => one.number === port && one.isHttp);
      return numbers.map((port) => ({ to: { podOf: pod.key, port }, lines: isHttp(port) ? linesForPod(cluster, pod) : [], callers }));
    });
}

function aboutGateways(cluster: Cluster): Inquiry[] {
  const routes = gatewayApiRoutes(cluster).map(({ object }) => textsOf(specOf(object).hostnames));
  const hosts = [...new Set(routes.flat())].filter((host) => !host.startsWith('*'));
  return gatewaysOf(cluster)
    .filter(({ key, proxy }) => proxy.isDoor && !isForTheMesh(cluster, key))
    .flatMap((gateway) => {
      const listeners = listenersOf(cluster, gateway);
      const from = { gateway: gateway.key };
      const callers = listeners.some(({ wantsCertificate }) => wantsCertificate) ? [from, { ...from, showsCertificate: true }] : [from];
      return [...new Set(listeners.map(({ port = 0 }) => port))].flatMap((port) =>
        hosts.map((host) => ({ to: { host, port }, lines: linesForRoutes(cluster, host), callers })),
      );
    });
}

/** A gateway out of the mesh, whose listeners take nobody but its proxies: from outside nothing comes in there. */
function isForTheMesh(cluster: Cluster, gateway: string): boolean {
  const ours = cluster.objects.filter(({ kind, namespaceName, name }) => kind === 'Gateway' && `${namespaceName}/${name}` === gateway);
  return ours.some(({ manifest }) => JSON.stringify(manifest).includes('"gateway.istio.io/tls-terminate-mode":"ISTIO_MUTUAL"'));
}

/** What istiod and the evaluator do not agree on, in a line. */
export function disagreement(cluster: Cluster, request: Request, answer: Answer): string | undefined {
  const decision = decide(cluster, request);
  if (decision.unknown !== undefined) return `evaluator cannot tell: ${decision.unknown}`;
  if (decision.allowed !== answer.allowed) return `evaluator: ${said(decision)}; istiod: ${said(answer)}`;
  if (isNamed(cluster, decision) && !decidersOf(cluster, request).some((by) => namedBy(answer).includes(by))) {
    return `decided by, evaluator: ${decision.by}; istiod: ${answer.by}`;
  }
  if (!answer.allowed) return ownAnswers(request, decision, answer);
  const [ours, theirs] = [sharesOf(split(cluster, request).shares), sharesOf(answer.ways)];
  return ours === theirs ? undefined : `split, evaluator: ${ours}; istiod: ${theirs}`;
}

/** Where requests may go several ways, each may be refused by somebody else, and either side names one of them. */
const decidersOf = (cluster: Cluster, request: Request): string[] => decideAll(cluster, request).map(({ by }) => by);

const namedBy = (answer: Answer): string[] => [answer, ...waysLike(answer)].flatMap(({ by }) => by.split(', '));

/** The ways of an answer that end as all of it does. */
export const waysLike = ({ allowed, ways }: Answer): Answer['ways'] => ways.filter((way) => way.weight > 0 && way.allowed === allowed);

/** What a proxy says by itself, on ports that nobody has to write. */
function ownAnswers({ to }: Request, { answer: own, layer }: Decision, { legs }: Answer): string | undefined {
  if (layer !== 'routing' || ![80, 443].includes(to.port)) return undefined;
  const { status, location } = legs.at(-1)?.shape ?? {};
  // Either side makes up an address for a pod, which stands in the location.
  const where = (text: string | undefined): string | undefined => ('podOf' in to ? undefined : text);
  // That Envoy answers 404 where no route matches stands in no configuration.
  const said = own?.why === 'none' ? undefined : own;
  const [ours, theirs] = [`${said?.status} ${where(said?.location)}`, `${status} ${where(location)}`];
  return ours === theirs ? undefined : `own answer, evaluator: ${ours}; istiod: ${theirs}`;
}

/** Everything that istiod and the evaluator do not agree on about a cluster, each with its request. */
export async function differencesAbout(mesh: MeshUnderTest): Promise<(readonly [Request, string])[]> {
  const cluster = withoutNetwork(mesh.cluster);
  const requests = questionsAbout(cluster);
  const answers = await mesh.answers(requests);
  return requests.flatMap((request, index) => {
    const difference = disagreement(cluster, request, answers[index]);
    return difference === undefined ? [] : [[request, difference] as const];
  });
}

/** Istiod knows no NetworkPolicy. */
export const withoutNetwork = (cluster: Cluster): Cluster => without(cluster, 'network');

/** Whether one policy decided, by matching. Where none matched, who is to be named is a matter of taste. */
const isNamed = (cluster: Cluster, { allowed, layer, by }: Decision): boolean =>
  layer === 'authorization' && authorizationPolicies(cluster).some(({ title, action }) => title === by && (allowed || action === 'DENY'));

const said = ({ allowed, by, layer }: Pick<Answer, 'allowed' | 'by'> & { readonly layer: string }): string =>
  `${allowed ? 'allowed' : 'refused'} by ${by || 'nobody'} (${layer})`;

/** Only where requests end is compared: one of several subsets of one workload is the same place. */
function sharesOf(shares: readonly Pick<Share, 'workload' | 'weight'>[]): string {
  const weights = new Map<string, number>();
  for (const { workload, weight } of shares) weights.set(workload ?? 'outside', (weights.get(workload ?? 'outside') ?? 0) + weight);
  return [...weights]
    .filter(([, weight]) => weight > 0)
    .map(([workload, weight]) => `${workload} ${Math.round(weight)}%`)
    .sort()
    .join(', ');
}
