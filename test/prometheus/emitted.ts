import type { PlaneName } from '../for-each-plane';
import { type Labels, named, workload } from './labels';
import type { Series } from './promtool';

/** Requests to a service, as a proxy counts them. */
export interface Emitted {
  readonly code?: string;
  /** Envoy's response flags. */
  readonly flags?: string;
  readonly grpcStatus?: string;
  readonly version?: string;
  /** The workload of its pods, where it is not `cart-<version>`. */
  readonly workload?: string;
  /** The pod of the sidecar that gets them, as whoever reads it adds it to what that tells. */
  readonly pod?: string;
  /** Who sends them, and the service that they are sent to, where it is not `web` that asks `cart`. */
  readonly caller?: string;
  readonly callee?: string;
  /** The Service that they were sent to, where it is not called as the service. */
  readonly service?: string;
  /** None of its pods got them. */
  readonly isLost?: boolean;
}

/** Who reports requests in a plane: in sidecar mode both ends. */
const REPORTERS: Readonly<Record<PlaneName, readonly string[]>> = { sidecar: ['source', 'destination'], ambient: ['waypoint'] };

/** Bounds of Envoy's buckets, as Prometheus 2 and 3 write them. */
const BOUNDS = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000];
export const WRITTEN = {
  'Prometheus 2': (bound: number) => String(bound),
  'Prometheus 3': (bound: number) => (Number.isInteger(bound) ? `${bound}.0` : String(bound)),
};

/** The series of `istio_requests_total` that proxies have of these requests. */
export function requests(plane: PlaneName, emitted: Emitted, values: string): Series[] {
  return reports(plane, emitted).map((labels) => ({ series: named('istio_requests_total', labels), values }));
}

/** The histogram that they have of requests which take so many milliseconds, with as many a step. */
export function durations(
  plane: PlaneName,
  ms: number,
  perStep: number,
  steps: number,
  emitted: Emitted = {},
  write = WRITTEN['Prometheus 3'],
): Series[] {
  const name = 'istio_request_duration_milliseconds';
  const counting = (count: number): string => `0+${count}x${steps}`;
  return reports(plane, emitted).flatMap((labels) => [
    ...BOUNDS.map((bound) => ({
      series: named(`${name}_bucket`, { ...labels, le: write(bound) }),
      values: counting(ms <= bound ? perStep : 0),
    })),
    { series: named(`${name}_bucket`, { ...labels, le: '+Inf' }), values: counting(perStep) },
    { series: named(`${name}_count`, labels), values: counting(perStep) },
    { series: named(`${name}_sum`, labels), values: counting(perStep * ms) },
  ]);
}

/** Requests that a policy refuses: a waypoint has chosen no pod by then, and the sidecar is that of the pod. */
export function refused(plane: PlaneName, values: string): Series[] {
  return requests(plane, { code: '403', isLost: plane === 'ambient' }, values);
}

// The labels of Istio's own filter, as it fills them: how a request came knows whoever gets it, and a waypoint does.
function reports(plane: PlaneName, emitted: Emitted): Labels[] {
  const { code = '200', flags = '-', grpcStatus, caller = 'web', callee = 'cart', isLost = false } = emitted;
  const { version = 'v1', service = callee } = emitted;
  const reporters = REPORTERS[plane].filter((reporter) => !isLost || reporter !== 'destination');
  return reporters.map((reporter) => ({
    reporter,
    ...workload('source', caller, 'v1'),
    source_principal: reporter === 'source' ? 'unknown' : `spiffe://cluster.local/ns/shop/sa/${caller}`,
    ...(isLost ? workload('destination') : workload('destination', callee, version, emitted.workload)),
    destination_service: `${service}.shop.svc.cluster.local`,
    destination_service_name: service,
    destination_service_namespace: 'shop',
    request_protocol: grpcStatus === undefined ? 'http' : 'grpc',
    response_code: code,
    ...(grpcStatus === undefined ? {} : { grpc_response_status: grpcStatus }),
    response_flags: flags,
    connection_security_policy: reporter === 'source' ? 'unknown' : 'mutual_tls',
    ...(emitted.pod !== undefined && reporter === 'destination' ? { pod: emitted.pod } : {}),
  }));
}
