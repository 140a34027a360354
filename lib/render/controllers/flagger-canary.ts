import { FLAGGER } from '../../istio/api-groups';
import type { FlaggerFacts, MeasuredFacts } from '../../model/releases/release-controller';
import type { RouterName, RouteTable } from '../../model/route';
import { featuresIn, type Fields, valueOf } from '../../planes/features';
import { sharedPortOf } from '../../planes/routers/flagger';
import { routeEntries } from '../../planes/entries/route-entries';

/** What a Canary is made from. */
export interface CanaryFacts {
  readonly flagger: FlaggerFacts;
  readonly table: RouteTable;
  readonly router: RouterName;
  /** The Deployment that is tried out. */
  readonly deployment: string;
  readonly isScaled: boolean;
  /** Labels of the Services that Flagger makes: of the service's own, and of the two of its versions. */
  readonly labels: { readonly apex: Fields; readonly versions: Fields };
}

/** A Canary of Flagger: the Deployment that it watches, what it makes Services and routes from, and how it tries a version out. */
export function renderCanary(facts: CanaryFacts): Fields {
  const { flagger, router, deployment, isScaled } = facts;
  return {
    provider: router === 'istio' ? 'istio' : 'gatewayapi:v1',
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
    autoscalerRef: isScaled ? { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: deployment } : undefined,
    progressDeadlineSeconds: flagger.progressDeadlineSeconds,
    service: renderService(facts),
    analysis: {
      ...flagger.analysis,
      metrics: flagger.metrics.length > 0 ? flagger.metrics.map((metric) => renderMetric(metric, facts.table)) : undefined,
      webhooks: flagger.webhooks.length > 0 ? flagger.webhooks : undefined,
    },
  };
}

/** Name of the MetricTemplate for what the mesh measures itself. */
export function templateName(serviceName: string, { ofMesh }: MeasuredFacts): string {
  return `${serviceName}-${ofMesh}`;
}

/** How Prometheus is asked for it. Behind a waypoint no sidecar reports requests, and the waypoint does. */
export function renderTemplate({ ofMesh }: MeasuredFacts, address: string, atWaypoint: boolean): Fields {
  const about = [
    `reporter="${atWaypoint ? 'waypoint' : 'destination'}"`,
    'destination_workload_namespace="{{ namespace }}"',
    'destination_workload="{{ target }}"',
  ].join(',');
  const rate = (metric: string, more = ''): string => `rate(${metric}{${about}${more}}[{{ interval }}])`;
  const query =
    ofMesh === 'duration'
      ? `histogram_quantile(0.99, sum(${rate('istio_request_duration_milliseconds_bucket')}) by (le))`
      : `100 * sum(${rate('istio_requests_total', ',response_code!~"5.."')}) / sum(${rate('istio_requests_total')})`;
  return { provider: { type: 'prometheus', address }, query };
}

export const CANARY = { apiVersion: `${FLAGGER}/v1beta1`, kind: 'Canary' };
export const METRIC_TEMPLATE = { apiVersion: `${FLAGGER}/v1beta1`, kind: 'MetricTemplate' };

function renderService({ table, router, labels }: CanaryFacts): Fields {
  const { service } = table;
  const port = sharedPortOf(service)!;
  // Requests of all methods take one route: what holds for the methods that bear least.
  const { fields } = routeEntries({ ...table, rules: [] }, 'istio', port).at(-1)!;
  const { timeouts } = routeEntries({ ...table, rules: [] }, 'gateway-api', port).at(-1)!.fields as { timeouts?: { request: string } };
  return {
    name: service.name,
    port: port.number,
    portName: port.name,
    targetPort: port.targetPort,
    appProtocol: port.appProtocol,
    portDiscovery: service.ports.length > 1,
    ...(router === 'istio' ? carried(fields) : { gatewayRefs: [{ group: '', kind: 'Service', name: service.name, port: port.number }] }),
    timeout: router === 'istio' ? fields.timeout : timeouts?.request,
    trafficPolicy: router === 'istio' ? trafficPolicyOf(table) : undefined,
    apex: metadataOf(labels.apex),
    primary: metadataOf(labels.versions),
    canary: metadataOf(labels.versions),
  };
}

function carried({ retries, headers, corsPolicy, rewrite }: Fields): Fields {
  return { retries, headers, corsPolicy, rewrite };
}

function trafficPolicyOf(table: RouteTable): Fields | undefined {
  const said = featuresIn(table).filter(({ ofHost }) => ofHost);
  return said.length > 0 ? (Object.assign({}, ...said.map((feature) => feature.ofHost!(valueOf(feature, table)))) as Fields) : undefined;
}

function metadataOf(labels: Fields): Fields | undefined {
  return Object.values(labels).some((value) => value !== undefined) ? { labels } : undefined;
}

function renderMetric(metric: MeasuredFacts, { service }: RouteTable): Fields {
  const { name, min, max, interval, template } = metric;
  const templateRef = template ?? { name: templateName(service.name, metric), namespace: service.namespaceName };
  return { name, interval, thresholdRange: { min, max }, templateRef };
}
