import type { Cluster } from '../../../lib/cluster/cluster';
import { type AuthorizationPolicy, authorizationPolicies, type Clause } from '../../../lib/cluster/policies/authorization-policies';
import { istioGateways } from '../../../lib/cluster/routes/istio-gateways';
import { MESH } from '../../../lib/cluster/routes/gateway-keys';
import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { servedPorts } from '../../../lib/cluster/services/endpoints';
import { servicesOf } from '../../../lib/cluster/services/services';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';
import { linesOfRule } from '../../../lib/inquiry/sample-lines';
import type { Caller, Request, Target, Token } from '../../../lib/verdict/requests/request';
import type { Dice } from '../raw/questions';

type Line = Pick<Request, 'method' | 'path' | 'headers' | 'token'>;

/** So many of the requests that the policies of a mesh speak of: by whom, of what path and with which token they say. */
export function questionsInWordsOf(cluster: Cluster, dice: Dice, most: number): Request[] {
  const policies = authorizationPolicies(cluster);
  const callers = [
    ...workloadsOf(cluster)
      .filter(({ proxy }) => !proxy.isDoor)
      .map(({ key }): Caller => ({ workload: key })),
    ...strangersIn(policies),
  ];
  const [targets, lines] = [targetsIn(cluster), linesIn(policies)];
  const inside = (): Request => ({ from: dice(callers), to: dice(targets), ...dice(lines) });
  const doors = doorsIn(cluster);
  const entering = (): Request => ({ ...dice(doors), ...dice(lines) });
  const asked = Array.from({ length: most }, (_, index) => (doors.length > 0 && index % 3 === 0 ? entering() : inside()));
  return [...new Map(asked.filter((request) => !isToItself(request)).map((request) => [JSON.stringify(request), request])).values()];
}

const isToItself = ({ from, to }: Request): boolean => 'workload' in from && 'podOf' in to && from.workload === to.podOf;

function targetsIn(cluster: Cluster): Target[] {
  const hosts = servicesOf(cluster).flatMap((one) => one.hosts.flatMap((host) => one.ports.map(({ number: port }) => ({ host, port }))));
  const byAddress = workloadsOf(cluster).flatMap((pod) =>
    [...new Set(servedPorts(cluster, pod).map(({ number }) => number))].map((port) => ({ podOf: pod.key, port })),
  );
  // Hosts that nobody has but a route: those of an egress gateway are sent there.
  const routed = virtualServices(cluster).flatMap((one) => (one.gateways.includes(MESH) ? one.hosts.map((host) => whole(host)) : []));
  return [...hosts, ...byAddress, ...[...new Set(routed)].map((host) => ({ host, port: 80 }))];
}

function doorsIn(cluster: Cluster): Pick<Request, 'from' | 'to'>[] {
  return istioGateways(cluster).flatMap(({ key, servers }) =>
    servers.flatMap(({ port = 0, hosts }) =>
      [...hosts, 'other.example.com'].map((host) => ({ from: { gateway: key }, to: { host: whole(host.replace(/^.*\//, '')), port } })),
    ),
  );
}

const whole = (host: string): string => host.replace(/^\*$/, 'any.example.com').replace('*', 'any');

/** Whom the policies name, and somebody whom none does. */
function strangersIn(policies: readonly AuthorizationPolicy[]): Caller[] {
  const sources = policies.flatMap(({ rules }) => rules.flatMap(({ from }) => from));
  const said = (field: string) => [
    ...new Set(sources.flatMap((one) => [...(one[field] ?? []), ...(one[`not${field[0].toUpperCase()}${field.slice(1)}`] ?? [])])),
  ];
  const identities = said('principals').flatMap((principal): Caller[] => {
    const [, trustDomain, name, serviceAccount] = /^([\w.-]+)\/ns\/([\w.-]+)\/sa\/([\w.-]+)$/.exec(principal) ?? [];
    return name
      ? (['sidecar', 'ztunnel'] as const).map((proxy) => ({ identity: { namespace: name, serviceAccount, proxy, trustDomain } }))
      : [];
  });
  const namespaces = [
    ...said('namespaces')
      .map((text) => text.replaceAll('*', 'x'))
      .filter((text) => /^[\w-]+$/.test(text)),
    'elsewhere',
  ];
  const addresses = said('ipBlocks').map((block) => block.replace(/\/.*/, ''));
  const pods = namespaces.flatMap((name) =>
    (['sidecar', 'ztunnel', 'none'] as const).map((proxy): Caller => ({ pod: { namespace: name, proxy } })),
  );
  return [...identities, ...pods, ...addresses.map((address): Caller => ({ pod: { namespace: 'elsewhere', proxy: 'none', address } }))];
}

function linesIn(policies: readonly AuthorizationPolicy[]): Line[] {
  const rules = policies.flatMap((policy) => policy.rules);
  const lines = rules.flatMap((one) => linesOfRule(one).map((line) => ({ ...line, path: line.path ?? '/' })));
  const tokens = rules.flatMap(({ from, when }) => [...from.flatMap(tokensOf), ...when.flatMap(claimedBy)]);
  const plain: Line[] = [{}, { method: 'POST', path: '/other' }, ...lines, ...lines];
  return [...plain, ...lines.flatMap((line) => tokens.map((token) => ({ ...line, token })))];
}

const tokensOf = ({ requestPrincipals = [] }: Clause): Token[] =>
  requestPrincipals.flatMap((principal) => {
    const [, issuer, subject] = /^(.+)\/([^/]+)$/.exec(principal.replaceAll('*', 'x')) ?? [];
    return issuer ? [{ issuer, subject }] : [TOKEN];
  });

const TOKEN: Token = { issuer: 'test-issuer-1@istio.io', subject: 'sub-1' };

function claimedBy({ key, values: [value] }: { readonly key: string; readonly values: readonly string[] }): Token[] {
  const [, path] = /^request\.auth\.claims(\[.+\])$/.exec(key) ?? [];
  const text = value?.replaceAll('*', 'x');
  if (key === 'request.auth.audiences') return [{ ...TOKEN, audiences: [text] }];
  if (key === 'request.auth.presenter') return [{ ...TOKEN, claims: { azp: text } }];
  if (!path || text === undefined) return key.startsWith('request.auth.') ? [TOKEN] : [];
  const names = path.slice(1, -1).split('][');
  return [{ ...TOKEN, claims: names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), text) as Record<string, unknown> }];
}
