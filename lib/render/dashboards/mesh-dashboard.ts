import type { Dashboard, DashboardRow } from '../../model/observability/dashboard';
import { callRow, callsOf, connectionsOf, mutualTls } from './call-rows';
import { connectionRow } from './connection-rows';
import { rate, REQUESTS, type Where } from './promql';
import { requestRow, saturationRow } from './request-rows';

const CHOSEN = ['destination_service_namespace=~"$namespace"'];

// Each request once: a pod with a proxy counts it, or else the waypoint before it. A gateway counts what it sends as `source`.
const REQUESTS_SEEN: Where = ['reporter=~"destination|waypoint"', ...CHOSEN];
const SENT: Where = ['reporter=~"source|destination|waypoint"', ...CHOSEN];
const AT_PODS: Where = ['reporter="destination"', ...CHOSEN];

/** All namespaces of a mesh, whoever declares them. */
export function meshDashboard(): Dashboard {
  return {
    title: 'Mesh',
    about: 'What sidecars, waypoints and ztunnel tell of all services.',
    choices: [{ name: 'namespace', title: 'Namespace', metric: REQUESTS, label: 'destination_service_namespace' }],
    rows: [
      requestRow(REQUESTS_SEEN),
      serviceRow(),
      saturationRow(REQUESTS_SEEN, SENT),
      callRow([callsOf(REQUESTS_SEEN), connectionsOf(AT_PODS, 'calls'), mutualTls({ requests: AT_PODS, connections: AT_PODS })]),
      connectionRow(AT_PODS),
      controlRow(),
    ],
  };
}

function serviceRow(): DashboardRow {
  const service = ['destination_service_namespace', 'destination_service_name'];
  const legend = '{{destination_service_namespace}}/{{destination_service_name}}';
  return {
    title: 'Services',
    panels: [
      {
        title: 'Most requests',
        about: 'The ten services with most requests in a second.',
        unit: 'reqps',
        queries: [{ expr: `topk(10, ${rate(REQUESTS, REQUESTS_SEEN, service)})`, legend }],
      },
      {
        title: 'Most errors',
        about: 'The ten services with most answers 500 and above in a second.',
        unit: 'reqps',
        queries: [{ expr: `topk(10, ${rate(REQUESTS, [...REQUESTS_SEEN, 'response_code=~"5.."'], service)})`, legend }],
      },
    ],
  };
}

function controlRow(): DashboardRow {
  const convergence = rate('pilot_proxy_convergence_time_bucket', [], ['le']);
  return {
    title: 'Control plane',
    panels: [
      {
        title: 'Proxies',
        about: 'Proxies that are connected to istiod: sidecars, gateways, waypoints and ztunnels.',
        unit: 'short',
        queries: [{ expr: 'sum(pilot_xds)', legend: 'connected' }],
      },
      {
        title: 'Time to converge',
        about: 'How long it takes until proxies have a change, all but one of a hundred.',
        unit: 's',
        queries: [{ expr: `histogram_quantile(0.99, ${convergence})`, legend: 'p99' }],
      },
      {
        title: 'Refused configuration',
        about: 'What proxies refused of what istiod sent, in a second.',
        unit: 'short',
        queries: [{ expr: rate('pilot_total_xds_rejects', [], ['type']), legend: '{{type}}' }],
      },
    ],
  };
}
