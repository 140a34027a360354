import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { requireCidr } from '../../support/addresses';
import { requireNamespaceName } from '../../support/object-names';
import { listOf, made, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';
import { DNS_PEER, DnsPeer } from './dns-peer';
import { TELEMETRY_BACKEND, type TelemetryBackend } from './telemetry-backend';

/** What a closed namespace still exchanges packets with. */
export interface InfrastructureProps {
  /**
   * DNS servers.
   * @default - DnsPeer.kubeDns() and DnsPeer.nodeLocal()
   */
  readonly dns?: DnsPeer[];

  /**
   * Namespace of the Prometheus that scrapes the proxies.
   * @default monitoring
   */
  readonly monitoringNamespace?: string;

  /**
   * Namespace of istiod.
   * @default istio-system
   */
  readonly controlPlaneNamespace?: string;

  /**
   * Collectors and authorizers that the proxies talk to.
   * @default - none
   */
  readonly telemetryBackends?: TelemetryBackend[];

  /**
   * Ports that kubelet probes ask besides those of the services and of their own probes: of containers added to a Deployment, or of a workload
   * made elsewhere. Counts in ambient mode, where probes come from an address of their own.
   * @default - none
   */
  readonly probePorts?: number[];

  /**
   * Addresses of the Kubernetes API server, for workloads that use it, as a CIDR.
   * @default - closed
   */
  readonly apiServerCidr?: string;

  /**
   * Port of the Kubernetes API server; counts with `apiServerCidr` only.
   * @default 6443
   */
  readonly apiServerPort?: number;
}

/**
 * The peers that a namespace cannot do without, whatever its services call.
 *
 * Expands into the NetworkPolicy `infrastructure` of a ZeroTrustNamespace; what the data plane itself needs (probes, istiod, HBONE) is added by it.
 *
 * @example
 * import { DataPlane, Infrastructure, ZeroTrustNamespace } from 'istio-constructs';
 *
 * new ZeroTrustNamespace(chart, 'operators', {
 *   dataPlane: DataPlane.sidecar(),
 *   infrastructure: Infrastructure.of({ monitoringNamespace: 'observability', apiServerCidr: '10.96.0.1/32' }),
 * });
 */
export class Infrastructure {
  /**
   * The peers of most clusters, where they are not said otherwise.
   * @param props What differs from the defaults
   */
  public static of(props: InfrastructureProps = {}): Infrastructure {
    return new Infrastructure(props);
  }

  /** @internal */
  public readonly _facts: InfrastructureFacts;

  private constructor(props: InfrastructureProps) {
    requireOptions('Infrastructure', props, INFRASTRUCTURE_PROPS);
    const dns = props.dns ?? [DnsPeer.kubeDns(), DnsPeer.nodeLocal()];
    const port = requirePort('Infrastructure', 'apiServerPort', props.apiServerPort ?? 6443);
    this._facts = Object.freeze({
      dns: dns.map((peer) => peer._facts),
      monitoringNamespace: requireNamespaceName('Infrastructure', props.monitoringNamespace ?? 'monitoring'),
      controlPlaneNamespace: requireNamespaceName('Infrastructure', props.controlPlaneNamespace ?? ROOT_NAMESPACE),
      probePorts: (props.probePorts ?? []).map((probePort) => requirePort('Infrastructure', 'probe port', probePort)),
      telemetryBackends: (props.telemetryBackends ?? []).map((backend) => backend._facts),
      apiServer:
        props.apiServerCidr === undefined ? undefined : { cidr: requireCidr('Infrastructure', 'apiServerCidr', props.apiServerCidr), port },
    });
  }
}

const INFRASTRUCTURE_PROPS = struct<InfrastructureProps>({
  dns: optional(listOf(DNS_PEER)),
  monitoringNamespace: optional(TEXT),
  controlPlaneNamespace: optional(TEXT),
  telemetryBackends: optional(listOf(TELEMETRY_BACKEND)),
  probePorts: optional(listOf(NUMBER)),
  apiServerCidr: optional(passedOn(TEXT)),
  apiServerPort: optional(NUMBER),
});

export const INFRASTRUCTURE = made(Infrastructure, 'Infrastructure', 'Infrastructure.of({ … })', INFRASTRUCTURE_PROPS);
