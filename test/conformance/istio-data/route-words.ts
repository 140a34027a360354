import type { Cluster } from '../../../lib/cluster/cluster';
import { textsOf } from '../../../lib/cluster/objects/fields';
import { specOf } from '../../../lib/cluster/objects/manifest-object';
import { gatewayApiRoutes } from '../../../lib/cluster/routes/gateway-api-routes';
import { type HttpMatch, type NamedMatch, requestRoutes } from '../../../lib/cluster/routes/http-routes';
import { servicesOf } from '../../../lib/cluster/services/services';
import { gatewaysOf, listenersOf } from '../../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';
import type { Request } from '../../../lib/verdict/requests/request';
import type { Dice } from '../raw/questions';

type Line = Pick<Request, 'method' | 'path' | 'headers'>;
type Ends = Pick<Request, 'from' | 'to'>;

/** So many of the requests that the listeners and routes of a mesh speak of, and ones beside them. */
export function questionsInWordsOfRoutes(cluster: Cluster, dice: Dice, most: number): Request[] {
  const [doors, calls, lines] = [doorsIn(cluster), callsIn(cluster), linesIn(cluster)];
  const parents = gatewayApiRoutes(cluster).flatMap((route) => route.parents.map(({ key }) => key));
  const routed = calls.filter(({ service }) => parents.includes(service));
  const groups = [doors, routed, calls].filter((one) => one.length > 0);
  const asked = Array.from({ length: most }, () => {
    const { from, to } = dice(dice(groups));
    return { from, to, ...dice(lines) };
  });
  return [...new Map(asked.map((request) => [JSON.stringify(request), request])).values()];
}

/** From outside, by every host that a listener or a route has. */
function doorsIn(cluster: Cluster): Ends[] {
  const routed = gatewayApiRoutes(cluster).flatMap(({ object }) => textsOf(specOf(object).hostnames));
  return gatewaysOf(cluster)
    .filter(({ proxy }) => proxy.isDoor)
    .flatMap((gateway) => {
      const listeners = listenersOf(cluster, gateway);
      const hosts = new Set([...listeners.map(({ hostname = '*' }) => hostname), ...routed, 'other.example.com'].map(whole));
      const ports = new Set(listeners.flatMap(({ port }) => port ?? []));
      return [...ports].flatMap((port) => [...hosts].map((host) => ({ from: { gateway: gateway.key }, to: { host, port } })));
    });
}

const whole = (host: string): string => host.replace(/^\*$/, 'any.example.org').replace('*', 'any');

/** From somebody in each namespace to every Service and outer host. */
function callsIn(cluster: Cluster): (Ends & { readonly service: string })[] {
  const clients = workloadsOf(cluster).filter(({ key }) => key.endsWith('/client'));
  const targets = servicesOf(cluster).flatMap(({ namespaceName, name, hosts, ports }) =>
    hosts.flatMap((host) => ports.map(({ number: port }) => ({ service: `${namespaceName}/${name}`, to: { host: whole(host), port } }))),
  );
  return clients.flatMap(({ key }) => targets.map((target) => ({ from: { workload: key }, ...target })));
}

function linesIn(cluster: Cluster): Line[] {
  const matches = requestRoutes(cluster).flatMap(({ rules }) => rules.flatMap((rule) => rule.matches));
  const lines: Line[] = [{}, { method: 'POST', path: '/other' }, ...matches.flatMap(linesOf)];
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** What a match asks for, below it and beside it. */
function linesOf({ path, method, headers, queryParams }: HttpMatch): Line[] {
  const asked = { ...(method && { method }), ...(headers.length > 0 && { headers: namedBy(headers) }) };
  const query = queryParams.length > 0 ? `?${queryParams.map(({ name, value }) => `${name}=${sample(value)}`).join('&')}` : '';
  const at = sample(path.value);
  const below = at.replace(/\/$/, '');
  const paths = [`${at}${query}`, `${below}/more${query}`, `${below || '/'}-beside${query}`];
  const bare: Line[] = Object.keys(asked).length + query.length > 0 ? [{ path: at }] : [];
  return [...paths.map((one): Line => ({ ...asked, path: one })), { ...asked, method: 'DELETE', path: at }, ...bare];
}

const namedBy = (matches: readonly NamedMatch[]): Record<string, string> =>
  Object.fromEntries(matches.map(({ name, value }) => [name.toLowerCase(), sample(value)]));

/** A text that a pattern of these files takes. */
const sample = (pattern: string): string => pattern.replace(/\[\^?[^\]]*\][+*]?|\.[*+]/g, 'x').replace(/[\\^$()]/g, '') || '/';
