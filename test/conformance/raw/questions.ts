import type { Cluster } from '../../../lib/cluster/cluster';
import { sidecarScopes } from '../../../lib/cluster/policies/sidecar-scopes';
import { istioGateways, podsOfGateway } from '../../../lib/cluster/routes/istio-gateways';
import { madeServices } from '../../../lib/cluster/services/made-services';
import { isHeadless, servicesOf } from '../../../lib/cluster/services/services';
import { allBehind, podsBehind, servedPorts } from '../../../lib/cluster/services/endpoints';
import { gatewaysOf, listenersOf } from '../../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';
import { HEALTH } from '../../../lib/istio/ports';
import type { Caller, Request, Target } from '../../../lib/verdict/requests/request';
import { DOORS, ISSUERS, METHODS, OUTSIDE, PATHS } from './pools';

/** Chance that is the same for the same mesh: what was asked can be asked again. */
export type Dice = <T>(values: readonly T[]) => T;

export function diceOf(text: string): Dice {
  let state = [...text].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0, 2166136261);
  return (values) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return values[(state >>> 8) % values.length];
  };
}

/** So many requests of all that may be asked about a mesh. */
export function questionsAbout(cluster: Cluster, dice: Dice, most: number): Request[] {
  const ends = endsIn(cluster);
  const asked = Array.from({ length: most }, () => ({ ...dice(dice(ends)), ...lineBy(dice) }));
  return [...new Map(asked.map((request) => [JSON.stringify(request), request])).values()];
}

interface End {
  readonly from: Caller;
  readonly to: Target;
}

/** Who calls whom, in groups of which each is as likely as the others. */
export function endsIn(cluster: Cluster): End[][] {
  const callers = callersIn(cluster);
  const inside = cross(callers, [...toServices(cluster), ...toPods(cluster)]).filter((end) => !isToItself(cluster, end));
  const services = inside.filter(({ to }) => 'host' in to);
  const outside = cross(
    callers,
    OUTSIDE.flatMap((host) => [80, 443].map((port) => ({ host, port }))),
  );
  const gateways = cross(callers, toGateways(cluster));
  const groups = [services, services, services, inside.filter(({ to }) => 'podOf' in to), outside, gateways, ...doors(cluster)];
  return groups.filter((group) => group.length > 0);
}

const cross = (callers: readonly Caller[], targets: readonly Target[]): End[] =>
  callers.flatMap((from) => targets.map((to) => ({ from, to })));

const ADDRESSES = { sidecar: '10.99.0.7', ztunnel: '10.99.0.8', none: '10.99.1.7' };

function callersIn(cluster: Cluster): Caller[] {
  const gateways = istioGateways(cluster).flatMap((gateway) => podsOfGateway(cluster, gateway)?.key ?? []);
  const workloads = workloadsOf(cluster).filter(({ key }) => !gateways.includes(key) && key !== 'edge/public');
  const strangers = (['sidecar', 'ztunnel', 'none'] as const).map((proxy): Caller => ({
    pod: { namespace: 'elsewhere', proxy, address: ADDRESSES[proxy] },
  }));
  const identities = (['sidecar', 'ztunnel'] as const).map((proxy): Caller => ({
    identity: { namespace: 'shop', serviceAccount: 'web', proxy },
  }));
  // Of a Sidecar for everybody the evaluator takes identities to be free: they may be anywhere.
  const isScoped = sidecarScopes(cluster).some(({ namespaceName }) => namespaceName === cluster.rootNamespace);
  return [...workloads.map(({ key }) => ({ workload: key })), ...strangers, ...(isScoped ? [] : identities)];
}

const toServices = (cluster: Cluster): Target[] =>
  servicesOf(cluster).flatMap(({ hosts, ports }) => hosts.flatMap((host) => ports.map(({ number }) => ({ host, port: number }))));

/** By the Services that istiod makes for them as well. */
const toGateways = (cluster: Cluster): Target[] =>
  [...servicesOf(cluster), ...madeServices(cluster).values()]
    .filter((service) => allBehind(cluster, service).some(({ proxy }) => proxy.isDoor))
    .flatMap(({ hosts, ports }) => ports.filter(({ number }) => number !== HEALTH).map(({ number }) => ({ host: hosts[0], port: number })));

const toPods = (cluster: Cluster): Target[] =>
  workloadsOf(cluster).flatMap((pod) =>
    [...new Set(servedPorts(cluster, pod).map(({ number }) => number))].map((port) => ({ podOf: pod.key, port })),
  );

/** To itself no pod needs the mesh. */
function isToItself(cluster: Cluster, { from, to }: End): boolean {
  if (!('workload' in from)) return false;
  if ('podOf' in to) return to.podOf === from.workload;
  const service = servicesOf(cluster).find(({ hosts }) => 'host' in to && hosts.includes(to.host));
  return service !== undefined && isHeadless(service) && podsBehind(cluster, service).some(({ key }) => key === from.workload);
}

function doors(cluster: Cluster): End[][] {
  const front = gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor);
  const byListener = front.map((gateway) =>
    enter(
      gateway.key,
      listenersOf(cluster, gateway).flatMap(({ port }) => port ?? []),
    ),
  );
  const byServer = istioGateways(cluster).map(({ key, servers }) =>
    enter(
      key,
      servers.flatMap(({ port }) => port ?? []),
    ),
  );
  return [...byListener, ...byServer].flatMap((ends) => [ends, ends]);
}

const enter = (gateway: string, ports: readonly number[]): End[] =>
  [...new Set(ports)].flatMap((port) => [...DOORS, 'other.example.com'].map((host) => ({ from: { gateway }, to: { host, port } })));

function lineBy(dice: Dice): Pick<Request, 'method' | 'path' | 'headers' | 'token'> {
  const query = dice(['', '', '', '?page=1', '?page=x']);
  const user = dice([undefined, undefined, 'alice', 'bob']);
  const forwarded = dice([undefined, undefined, undefined, undefined, undefined, '10.99.0.7', '192.168.0.7']);
  const token = dice([false, false, true]);
  const headers = { ...(user && { 'x-user': user }), ...(forwarded && { 'x-forwarded-for': forwarded }) };
  return {
    method: dice(METHODS),
    path: `${dice(PATHS)}${query}`,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(token && { token: tokenBy(dice) }),
  };
}

function tokenBy(dice: Dice): Request['token'] {
  const claims = dice([undefined, { role: 'clerk' }, { role: ['clerk', 'boss'], azp: 'app' }, { nested: { role: 'clerk' } }]);
  return {
    issuer: dice(ISSUERS),
    subject: dice(['alice', 'bob']),
    ...dice([{}, { audiences: ['shop'] }, { audiences: ['bank', 'other'] }]),
    ...(claims && { claims }),
  };
}
