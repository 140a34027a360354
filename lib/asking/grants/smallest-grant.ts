import { stringify } from 'yaml';
import { type Cluster, readCluster } from '../../cluster/cluster';
import { type Labels, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { specOf, titleOf } from '../../cluster/objects/manifest-object';
import { objectsIn } from '../../cluster/objects/parsed-manifests';
import { servicesOver } from '../../cluster/services/endpoints';
import { tryGateway } from '../../cluster/workloads/gateways';
import { CORE, GATEWAY_API } from '../../istio/api-groups';
import { NAMESPACE_NAME } from '../../istio/labels';
import { type DecidedWay, type Decision, decideWay, hardest } from '../../verdict/decide';
import type { Enforcer } from '../../verdict/decision/enforcer';
import { type NetworkEnd, passes } from '../../verdict/decision/network';
import { lineOf, type Request } from '../../verdict/requests/request';
import type { Hop } from '../../verdict/travel/hop';
import { metadataFor } from './grant-name';
import { scopeGrant } from './scope-grant';

type Manifest = Readonly<Record<string, unknown>>;

// A request meets two proxies and the network layer at each at most.
const MOST = 6;

/**
 * The objects that open refused requests and nothing else, one for each layer that refuses; a Sidecar that hides the host is there as it has to become.
 * None where other objects that are there would have to change.
 */
export function smallestGrant(cluster: Cluster, requests: readonly Request[]): Manifest[] | undefined {
  const added: Manifest[] = [];
  for (let times = 0; times <= MOST * requests.length; times += 1) {
    const opened = withObjects(cluster, added);
    const way = hardest(requests.map((request) => ({ request, ...decideWay(opened, request) })));
    if (way.decision.allowed) return added;
    const next = openingOf(opened, way.request, way);
    if (!next) return undefined;
    added.push(next);
  }
  return undefined;
}

/** Whether requests are told apart by who decides here; ztunnel, for one, knows ports alone. */
export function namesRequests(manifests: readonly Manifest[]): boolean {
  const policies = manifests.filter(({ kind }) => kind === 'AuthorizationPolicy');
  const operations = policies.flatMap(({ spec }) => listOf(valueAt(spec, 'rules'))).flatMap((rule) => listOf(valueAt(rule, 'to')));
  return policies.length === 0 || operations.some((to) => valueAt(to, 'operation', 'methods') !== undefined);
}

/** As somebody would write them. */
export function asYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => stringify(manifest)).join('---\n');
}

function withObjects(cluster: Cluster, manifests: readonly Manifest[]): Cluster {
  const { objects, ...settings } = cluster;
  const added = manifests.flatMap((manifest) => objectsIn(manifest));
  const replaced = new Set(added.map(titleOf));
  return readCluster([...objects.filter((object) => !replaced.has(titleOf(object))), ...added], settings);
}

function openingOf(cluster: Cluster, request: Request, { decision, hops }: DecidedWay): Manifest | undefined {
  if (decision.layer === 'scope') return scopeGrant(cluster, request, decision);
  const hop = hops.find(({ at }) => at === decision.trail.at(-1)?.at);
  if (!hop || decision.unknown !== undefined) return undefined;
  if (decision.layer === 'network') return networkGrant(cluster, hop);
  return decision.layer === 'authorization' && isMissingGrant(decision) ? policyGrant(cluster, request, hop) : undefined;
}

/** A refusal that names somebody stays, whatever is allowed beside it. */
function isMissingGrant({ object }: Decision): boolean {
  return object?.kind === 'AuthorizationPolicy' && (textOf(specOf(object).action) ?? 'ALLOW') === 'ALLOW';
}

function policyGrant(cluster: Cluster, request: Request, hop: Hop): Manifest | undefined {
  const { enforcer, principal, source, port } = hop;
  // Who comes in from outside at a gateway proves nothing, and needs not.
  if (!enforcer || (principal === undefined && source.proxy !== undefined)) return undefined;
  const { namespaceName } = enforcer.service ?? enforcer.pod;
  const callee = enforcer.service?.name ?? endName(cluster, enforcer.pod);
  const caller = principal?.split('/').at(-1) ?? 'outside';
  const { method, path } = lineOf(request);
  const line = hop.isHttp ? { methods: [method], paths: [(hop.sent?.path ?? path).split('?')[0]] } : {};
  const from = principal === undefined ? {} : { from: [{ source: { principals: [principal] } }] };
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: metadataFor(cluster, 'AuthorizationPolicy', namespaceName, `${callee}-from-${caller}`),
    spec: {
      ...attachment(cluster, enforcer),
      action: 'ALLOW',
      rules: [{ ...from, to: [{ operation: { ...line, ports: [String(port)] } }] }],
    },
  };
}

function attachment(cluster: Cluster, { pod, service }: Enforcer): Manifest {
  if (service)
    return { targetRefs: [{ group: service.kind === 'Service' ? CORE : 'networking.istio.io', kind: service.kind, name: service.name }] };
  const isGateway = pod.proxy.attachedBy !== 'selector' && tryGateway(cluster, pod.key) !== undefined;
  if (isGateway) return { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: pod.key.slice(pod.namespaceName.length + 1) }] };
  return { selector: { matchLabels: labelsFor(cluster, pod) } };
}

/** By which a Service finds the pods, all versions alike; else all their labels. */
function labelsFor(cluster: Cluster, { namespaceName, labels }: Pick<NetworkEnd, 'namespaceName' | 'labels'>): Labels {
  const [service] = namespaceName === undefined ? [] : servicesOver(cluster, { namespaceName, labels });
  return service?.selector ?? labels;
}

function endName(cluster: Cluster, end: NetworkEnd): string {
  const [service] = end.namespaceName === undefined ? [] : servicesOver(cluster, { namespaceName: end.namespaceName, labels: end.labels });
  return service?.name ?? ('key' in end ? String(end.key).split('/')[1] : undefined) ?? 'pods';
}

/** A way out of the source where that is what is refused, else a way in of the target. */
function networkGrant(cluster: Cluster, { source, target, wirePort }: Hop): Manifest | undefined {
  if (source.namespaceName === undefined || target.namespaceName === undefined) return undefined;
  const isOut = !passes(cluster, 'egress', source, target, target, wirePort).allowed;
  const [own, other] = isOut ? [source, target] : [target, source];
  const peer = {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: other.namespaceName } },
    podSelector: { matchLabels: labelsFor(cluster, other) },
  };
  const ports = [{ protocol: 'TCP', port: wirePort }];
  const text = [own, other].map((end) => endName(cluster, end)).join(isOut ? '-to-' : '-from-');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataFor(cluster, 'NetworkPolicy', own.namespaceName!, text),
    spec: {
      podSelector: { matchLabels: labelsFor(cluster, own) },
      policyTypes: [isOut ? 'Egress' : 'Ingress'],
      ...(isOut ? { egress: [{ to: [peer], ports }] } : { ingress: [{ from: [peer], ports }] }),
    },
  };
}
