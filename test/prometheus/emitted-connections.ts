import type { EnforcerName } from '../for-each-plane';
import { type Labels, named, workload } from './labels';
import type { Series } from './promtool';

/** Connections of which nobody reads requests, as sidecars and ztunnel count them. */
export interface Connected {
  /** ztunnel's own flags: `DENY` where a policy refused. Sidecars have those of Envoy. */
  readonly flags?: string;
  readonly version?: string;
  readonly workload?: string;
  readonly caller?: string;
  readonly callee?: string;
  /** Somebody spoke plaintext. */
  readonly isPlain?: boolean;
}

/** Connections that ztunnel has seen end at the pods of `cart`. */
export function closedConnections(flags: '-' | 'DENY' | 'CONNECT', values: string): Series {
  return { series: named('istio_tcp_connections_closed_total', reports('ztunnel', 'destination', { flags })), values };
}

/** All that is counted of as many new connections a step, of which every second one ends, in as many steps. */
export function connections(enforcer: EnforcerName, perStep: number, steps: number, connected: Connected = {}): Series[] {
  const counting = (metric: string, factor: number) => ({ metric, values: `0+${perStep * factor}x${steps}` });
  const counted = [
    counting('istio_tcp_connections_opened_total', 2),
    counting('istio_tcp_connections_closed_total', 1),
    counting('istio_tcp_received_bytes_total', 1000),
    counting('istio_tcp_sent_bytes_total', 5000),
  ];
  return (['source', 'destination'] as const).flatMap((reporter) =>
    counted.map(({ metric, values }) => ({ series: named(metric, reports(enforcer, reporter, connected)), values })),
  );
}

// As ztunnel fills its labels, and Istio's filter for sidecars. What comes by way of a waypoint comes from the waypoint.
function reports(enforcer: EnforcerName, reporter: 'source' | 'destination', connected: Connected): Labels {
  const { flags = '-', version = 'v1', callee = 'cart', isPlain = false } = connected;
  const caller = connected.caller ?? (enforcer === 'waypoint' && reporter === 'destination' ? 'waypoint' : 'web');
  const isCallersSidecar = enforcer === 'sidecar' && reporter === 'source';
  const plain = enforcer === 'sidecar' ? 'none' : 'unknown';
  const policy = isPlain ? plain : 'mutual_tls';
  return {
    reporter,
    ...workload('source', caller, 'v1'),
    ...workload('destination', callee, version, connected.workload),
    destination_service: `${callee}.shop.svc.cluster.local`,
    destination_service_name: callee,
    destination_service_namespace: 'shop',
    request_protocol: 'tcp',
    response_flags: flags,
    connection_security_policy: isCallersSidecar ? 'unknown' : policy,
  };
}
