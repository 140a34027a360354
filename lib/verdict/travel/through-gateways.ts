import type { Cluster } from '../../cluster/cluster';
import { ENVOY_METRICS, HEALTH, MERGED_METRICS } from '../../istio/ports';
import type { Request } from '../requests/request';
import { speaksTls } from '../requests/speech';
import { nowhere, throughEntrance } from './gateway-travel';
import type { Hop } from './hop';
import { type Found, foundAt } from '../entrances/inner-entrance';
import { type Plan, type Refusal, sharedOut, type Trip } from './plan';
import { sentAs } from './trips';

/** The same ways, on from the gateways to which some of them lead: a gateway is a proxy, and nobody's end. */
export function throughGateways(cluster: Cluster, request: Request, { legs, trips }: Plan): Plan {
  const plans = trips.map((trip) => (endsAtGateway(trip) ? throughGateway(cluster, request, trip) : { legs: [], trips: [trip] }));
  return { legs: [...legs, ...plans.flatMap((plan) => plan.legs)], trips: plans.flatMap((plan) => plan.trips) };
}

// On these the proxy itself answers, and no Gateway opens them.
const OWN_PORTS: readonly number[] = [HEALTH, MERGED_METRICS, ENVOY_METRICS];

function endsAtGateway({ hops, refusal, unknown }: Trip): boolean {
  const last = hops.at(-1);
  return refusal === undefined && unknown === undefined && last?.enforcer?.pod.proxy.isDoor === true && !OWN_PORTS.includes(last.port);
}

function throughGateway(cluster: Cluster, request: Request, trip: Trip): Plan {
  const { hops, share } = trip;
  const [hop, before] = [hops.at(-1)!, hops.slice(0, -1)];
  const gateway = hop.enforcer!.pod;
  if (before.some((one) => one.enforcer?.pod.key === gateway.key))
    return stopped(trip, { unknown: `requests go round by Gateway ${gateway.key}` });
  const dialled = 'host' in request.to ? request.to.host.toLowerCase() : hop.target.address;
  const sent = { ...hop.sent, host: hop.sent?.host ?? request.addressed?.host ?? dialled };
  const asked = { ...request, path: sent.path ?? request.path, headers: sent.headers ?? request.headers };
  const isMutual = hop.principal !== undefined;
  const knock = { host: sent.host, sni: hop.sni, port: hop.port, path: asked.path, isTls: speaksTls(cluster, request.to), isMutual };
  const { entrance, ...found } = foundAt(cluster, gateway, knock);
  if (!entrance) return stopped(trip, found.unknown === undefined ? { refusal: { ...nowhere(cluster, gateway), ...found } } : found);
  if (entrance.wantsCertificate || (entrance.isForMesh && !isMutual))
    return stopped(trip, { refusal: { ...nowhere(cluster, gateway), layer: 'mtls' } });
  const entry: Hop[] = [...before, { ...hop, isHttp: entrance.readsRequests }];
  const plan = throughEntrance(cluster, asked, { gateway, to: { host: sent.host, port: hop.port }, entry }, entrance);
  const onward = { legs: plan.legs, trips: sentAs(plan.trips, entry.length, sent) };
  return throughGateways(cluster, request, sharedOut(onward, share));
}

/** At the gateway, before it has asked any policy; the network is asked all the same. */
function stopped(trip: Trip, end: Pick<Found, 'unknown'> & { readonly refusal?: Refusal }): Plan {
  const { workload: _, hops, ...rest } = trip;
  const reached = hops.map((hop, index) => (index < hops.length - 1 ? hop : { ...hop, enforcer: undefined }));
  return { legs: [], trips: [{ ...rest, hops: reached, ...end }] };
}
