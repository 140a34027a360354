import type { Cluster } from '../cluster/cluster';
import type { Labels } from '../cluster/objects/fields';
import { type HttpMatch, type HttpRoute, httpRoutes } from '../cluster/routes/http-routes';
import { followedRoutes } from '../cluster/routes/delegated-routes';
import { type VirtualService, virtualServices } from '../cluster/routes/virtual-services';
import type { StringMatch, VirtualMatch } from '../cluster/routes/virtual-matches';
import type { ManifestObject } from '../model/mesh-model';
import { decide } from '../verdict/decide';
import type { Request } from '../verdict/requests/request';
import { openPorts } from './open-ports';
import type { Line } from './sample-lines';

/** A redirect that leads its clients back to where they asked. */
export interface Circle {
  readonly object: ManifestObject;
  readonly from: string;
  readonly status: number;
  readonly to: string;
}

/** A redirect at gateways, and a request that means it. */
interface Sample {
  readonly object: ManifestObject;
  readonly gateway: string;
  readonly host: string;
  readonly line: Line;
}

/** One circle a route, at the first of its places that has one. */
export function circlesOf(cluster: Cluster): Circle[] {
  const samples = [
    ...httpRoutes(cluster).flatMap(ofHttpRoute),
    ...virtualServices(cluster).flatMap((one) => ofVirtualService(cluster, one)),
  ];
  const circles = samples.flatMap((sample) => openPorts(cluster, sample.gateway).flatMap((port) => circleAt(cluster, sample, port) ?? []));
  return [...new Map(circles.reverse().map((circle) => [circle.object, circle])).values()];
}

function ofHttpRoute({ object, parents, hostnames, rules }: HttpRoute): Sample[] {
  const lines = rules.filter(({ answer }) => answer?.redirect).flatMap(({ matches }) => matches.flatMap(likeMatch));
  const gateways = parents.filter(({ kind }) => kind === 'Gateway').map(({ key }) => key);
  return among(object, gateways, hostnames.length > 0 ? hostnames : ['*'], lines);
}

function ofVirtualService(cluster: Cluster, one: VirtualService): Sample[] {
  const routes = followedRoutes(cluster, one).filter(({ answer }) => answer?.redirect);
  const lines = routes.flatMap(({ matches }) => (matches ? matches.flatMap(likeVirtualMatch) : [{ path: '/' }]));
  return among(one.object, one.gateways, one.hosts, lines);
}

function among(object: ManifestObject, gateways: readonly string[], hosts: readonly string[], lines: readonly Line[]): Sample[] {
  const named = hosts.map((host) => host.replace(/^\*$/, 'www.example.com').replace('*', 'www'));
  return [...new Set(gateways)].flatMap((gateway) => named.flatMap((host) => lines.map((line) => ({ object, gateway, host, line }))));
}

function likeMatch({ path, method, headers, queryParams }: HttpMatch): Line[] {
  if (path.type === 'RegularExpression' || [...headers, ...queryParams].some(({ type }) => type !== 'Exact')) return [];
  const query = Object.fromEntries(queryParams.map(({ name, value }) => [name, value]));
  const said = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
  return [{ method, path: withQuery(path.value, query), headers: said }];
}

function likeVirtualMatch({ uri, method, headers, queryParams }: VirtualMatch): Line[] {
  const path = uri ? textLike(uri) : '/';
  const said = textsLike(headers);
  const query = textsLike(queryParams);
  if (path === undefined || !said || !query) return [];
  return [{ method: method && textLike(method), path: withQuery(path, query), headers: said }];
}

const textLike = ({ exact, prefix, regex }: StringMatch): string | undefined =>
  regex === undefined ? (exact ?? prefix ?? '1') : undefined;

function textsLike(named: Readonly<Record<string, StringMatch>>): Labels | undefined {
  const texts = Object.entries(named).map(([name, match]) => [name.toLowerCase(), textLike(match)] as const);
  return texts.every(([, text]) => text !== undefined) ? (Object.fromEntries(texts) as Labels) : undefined;
}

function withQuery(path: string, query: Labels): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** As often as browsers go on before they give up. */
const MOST = 20;

function circleAt(cluster: Cluster, { object, gateway, host, line }: Sample, port: number): Circle | undefined {
  const first = { from: { gateway, showsCertificate: true }, to: { host, port }, ...line };
  const { object: decided, answer } = decide(cluster, first);
  if (decided !== object || answer?.location === undefined || answer.status === undefined) return undefined;
  let next: Request | undefined = first;
  for (let times = 0; next && times < MOST; times += 1) next = redirected(cluster, next);
  return next ? { object, from: `${host}:${port}${line.path}`, status: answer.status, to: answer.location } : undefined;
}

/** The request that a client makes next, at the same gateway. */
function redirected(cluster: Cluster, request: Request): Request | undefined {
  const location = decide(cluster, request).answer?.location;
  if (location === undefined || !URL.canParse(location)) return undefined;
  const { hostname, port, protocol, pathname, search } = new URL(location);
  const usual = protocol === 'https:' ? 443 : 80;
  return { ...request, to: { host: hostname, port: Number(port) || usual }, path: `${pathname}${search}` };
}
