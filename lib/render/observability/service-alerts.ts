import { isLike, isOneOf, type Matcher, plain, promDuration, rateOf } from './promql';
import { allRequests, type CountedRequests, failedRequests, quantileOf, shareOf } from './requests';
import { type AlertStyle, type AlertWords, renderAlert, type RulesSpec } from './rules';

/** From where on something about a service is told. */
export interface ServiceBounds {
  readonly errorPercent: number;
  readonly p99Ms: number;
  readonly silentSeconds: number;
  readonly exhaustedPercent: number;
  readonly brokenPercent: number;
  readonly deniedPercent: number;
  /** How many times as bad a new version may be as the stable one. */
  readonly canaryFactor: number;
  /** Of fewer nothing is told: one bad request would be a large share of them. */
  readonly leastPerMinute: number;
}

/** What is watched of a service, as it is rendered. */
export interface ServiceAlertsFacts {
  readonly serviceName: string;
  readonly namespaceName: string;
  readonly counted: CountedRequests;
  /** The same as proxies tell of them that choose a pod, and try again. */
  readonly routed: CountedRequests;
  /** The same as anybody tells of them. */
  readonly heard: CountedRequests;
  /** Who refuses: sidecars of the pods, the waypoint, ztunnel. */
  readonly refusing: { readonly atPods: boolean; readonly atWaypoint: boolean };
  readonly bounds: ServiceBounds;
  /** The stable one first; none where nobody tells them apart by their label. */
  readonly versions: readonly string[];
  /** Names of alerts that are left out. */
  readonly without: readonly string[];
}

const WINDOW = '5m';
/** Envoy's response flags of a request that got no pod: a limit was reached, also that for retries, or no pod is left. */
export const NO_POD_LEFT = '(.*,)?(UO|UH)(,.*)?';
/** The same of a request whose every try failed. */
export const NO_TRY_LEFT = '(.*,)?URX(,.*)?';

/** One group with all alerts about a service. */
export function renderServiceAlerts(facts: ServiceAlertsFacts, style: AlertStyle): RulesSpec {
  const words = [...ofRequests(facts), ...ofRouting(facts), ...ofRefusals(facts), ...ofVersions(facts)];
  const wanted = words.filter(({ alert }) => !facts.without.includes(alert));
  const rules = wanted.map((one) => renderAlert(style, one));
  return { groups: rules.length > 0 ? [{ name: `${facts.namespaceName}-${facts.serviceName}-alerts`, rules }] : [] };
}

function ofRequests({ counted, heard, bounds, ...service }: ServiceAlertsFacts): AlertWords[] {
  const name = nameOf(service);
  const all = allRequests(counted, WINDOW);
  return [
    {
      alert: 'MeshServiceErrors',
      expr: tooMany(failedRequests(counted, WINDOW), all, bounds.errorPercent, bounds),
      for: '5m',
      isUrgent: true,
      summary: `{{ $value | humanizePercentage }} of the requests to ${name} fail`,
      description: `More than ${bounds.errorPercent} % were answered with an error of the server over five minutes, for five minutes.`,
    },
    {
      alert: 'MeshServiceSlow',
      expr: `${quantileOf(counted, 0.99, WINDOW)} > ${bounds.p99Ms} and ${enoughOf(all, bounds)}`,
      for: '10m',
      summary: `One of a hundred requests to ${name} takes longer than {{ $value | humanize }} ms`,
      description: `99 of 100 should be answered within ${bounds.p99Ms} ms, and were not for ten minutes.`,
    },
    {
      alert: 'MeshServiceNoTraffic',
      expr: `(${allRequests(heard, WINDOW)} or vector(0)) == 0`,
      for: promDuration(bounds.silentSeconds),
      summary: `Nobody calls ${name}`,
      description: `No proxy has told of a request for ${promDuration(bounds.silentSeconds)}: it has no callers, they cannot find it, or Prometheus does not read the proxies.`,
    },
  ];
}

function ofRouting({ routed, bounds, ...service }: ServiceAlertsFacts): AlertWords[] {
  const name = nameOf(service);
  const all = allRequests(routed, WINDOW);
  const flagged = (flags: string, percent: number): string =>
    tooMany(allRequests(routed, WINDOW, isLike('response_flags', flags)), all, percent, bounds);
  return [
    {
      alert: 'MeshServiceRetriesExhausted',
      expr: flagged(NO_TRY_LEFT, bounds.exhaustedPercent),
      for: '5m',
      summary: `{{ $value | humanizePercentage }} of the requests to ${name} fail after all retries`,
      description: `Of more than ${bounds.exhaustedPercent} % every try failed (response flag URX), for five minutes. Retries multiply the load on pods that already fail.`,
    },
    {
      alert: 'MeshServiceCircuitBreakerOpen',
      expr: flagged(NO_POD_LEFT, bounds.brokenPercent),
      for: '2m',
      isUrgent: true,
      summary: `{{ $value | humanizePercentage }} of the requests to ${name} are sent to no pod`,
      description: `Of more than ${bounds.brokenPercent} % proxies found a limit of the circuit breaker or the budget for retries reached (response flag UO), or no pod that is ready and not left out (UH), for two minutes.`,
    },
  ];
}

function ofRefusals(facts: ServiceAlertsFacts): AlertWords[] {
  const { refusing, bounds } = facts;
  const name = nameOf(facts);
  const places = [
    ...(refusing.atPods ? [requestsRefused(facts, 'destination')] : []),
    // Who was refused there was sent to no pod; an answer of the service itself has one.
    ...(refusing.atWaypoint ? [requestsRefused(facts, 'waypoint', isOneOf('destination_workload', ['unknown']))] : []),
  ];
  const requests: AlertWords = {
    alert: 'MeshServiceDenied',
    expr: places.length > 1 ? places.map((one) => `(${one})`).join(' or ') : places[0],
    for: '5m',
    summary: `{{ $value | humanizePercentage }} of the requests to ${name} are refused`,
    description: `More than ${bounds.deniedPercent} % were answered with 403 for five minutes: somebody calls without a grant, or a grant is missing.`,
  };
  const connections: AlertWords = {
    alert: 'MeshServiceConnectionsDenied',
    expr: connectionsRefused(facts),
    for: '5m',
    summary: `{{ $value | humanizePercentage }} of the connections to ${name} are refused`,
    description: `ztunnel refused more than ${bounds.deniedPercent} % by a policy for five minutes: somebody connects without a grant, or past the waypoint.`,
  };
  return refusing.atWaypoint ? [requests, connections] : [requests];
}

function requestsRefused({ counted, bounds }: ServiceAlertsFacts, reporter: string, ...more: readonly Matcher[]): string {
  const there = { ...counted, reporters: [reporter] };
  const all = allRequests(there, WINDOW);
  return tooMany(allRequests(there, WINDOW, isOneOf('response_code', ['403']), ...more), all, bounds.deniedPercent, bounds);
}

function connectionsRefused({ counted: { hosts }, bounds }: ServiceAlertsFacts): string {
  const to = [isOneOf('reporter', ['destination']), isOneOf('destination_service', hosts)];
  const closed = (...more: readonly Matcher[]): string => `sum(${rateOf('istio_tcp_connections_closed_total', [...to, ...more], WINDOW)})`;
  return tooMany(closed(isOneOf('response_flags', ['DENY'])), closed(), bounds.deniedPercent, bounds);
}

function ofVersions({ counted, bounds, versions: [stable, ...tried], ...service }: ServiceAlertsFacts): AlertWords[] {
  return tried.flatMap((version) => {
    const of = (one: string): string => isOneOf('destination_canonical_revision', [one]);
    const all = (one: string): string => allRequests(counted, WINDOW, of(one));
    const errors = (one: string): string => shareOf(failedRequests(counted, WINDOW, of(one)), all(one));
    const time = (one: string): string => quantileOf(counted, 0.99, WINDOW, of(one));
    const enough = enoughOf(all(version), bounds);
    const name = `${version} of ${nameOf(service)}`;
    const told = { for: '5m', isUrgent: true, labels: { version } };
    return [
      {
        ...told,
        alert: 'MeshCanaryErrors',
        expr: `${errors(version)} > ${bounds.canaryFactor} * (${errors(stable)}) and ${errors(version)} > ${plain(bounds.errorPercent / 100)} and ${enough}`,
        summary: `{{ $value | humanizePercentage }} of the requests to ${name} fail`,
        description: `That is more than ${bounds.canaryFactor} times the share of ${stable}, and more than ${bounds.errorPercent} %, for five minutes. Weight 0 is the way back.`,
      },
      {
        ...told,
        alert: 'MeshCanarySlow',
        expr: `${time(version)} > ${bounds.canaryFactor} * ${time(stable)} and ${time(version)} > ${plain(bounds.p99Ms / 2)} and ${enough}`,
        summary: `One of a hundred requests to ${name} takes longer than {{ $value | humanize }} ms`,
        description: `That is more than ${bounds.canaryFactor} times the time of ${stable}, and more than half of ${bounds.p99Ms} ms, for five minutes. Weight 0 is the way back.`,
      },
    ];
  });
}

/** More than some percent of all, where there are enough to speak of a share. */
function tooMany(part: string, all: string, percent: number, bounds: ServiceBounds): string {
  return `${shareOf(part, all)} > ${plain(percent / 100)} and ${enoughOf(all, bounds)}`;
}

function enoughOf(all: string, { leastPerMinute }: ServiceBounds): string {
  return `60 * ${all} >= ${leastPerMinute}`;
}

function nameOf({ namespaceName, serviceName }: Pick<ServiceAlertsFacts, 'namespaceName' | 'serviceName'>): string {
  return `${namespaceName}/${serviceName}`;
}
