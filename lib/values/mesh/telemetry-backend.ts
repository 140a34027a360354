import type { BackendFacts } from '../../model/infrastructure-facts';
import { namespaceOfHost } from '../../support/cluster-host';
import { made, NUMBER, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';

/**
 * A collector, or an external authorizer, that proxies themselves talk to because a provider in the mesh configuration names it.
 *
 * Expands into a host of every Sidecar scope (a proxy cannot send to a cluster that it was not told of) and an egress rule of the
 * NetworkPolicy `infrastructure`.
 *
 * @example
 * import { DataPlane, Infrastructure, TelemetryBackend, ZeroTrustNamespace } from 'istio-constructs';
 *
 * const collector = TelemetryBackend.of('otel-collector.observability.svc.cluster.local', 4317);
 * new ZeroTrustNamespace(chart, 'search', {
 *   dataPlane: DataPlane.sidecar(),
 *   infrastructure: Infrastructure.of({ telemetryBackends: [collector] }),
 * });
 */
export class TelemetryBackend {
  /**
   * A backend in the cluster.
   * @param host Full host name of its Service
   * @param port Port of its pods
   */
  public static of(host: string, port: number): TelemetryBackend {
    requireArguments('TelemetryBackend', { host, port }, { host: TEXT, port: NUMBER });
    return new TelemetryBackend({
      host,
      namespaceName: namespaceOfHost('TelemetryBackend', host),
      port: requirePort('TelemetryBackend', 'port', port),
    });
  }

  /** @internal */
  public readonly _facts: BackendFacts;

  private constructor(facts: BackendFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const TELEMETRY_BACKEND = made(
  TelemetryBackend,
  'TelemetryBackend',
  "TelemetryBackend.of('tempo.observability.svc.cluster.local', 4317)",
);
