import { CLUSTER_DOMAIN, ROOT_NAMESPACE } from '../../../istio/defaults';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { MeshError } from '../../../support/mesh-error';
import { requireAccountName, requireDomain, requireName, requireNamespaceName } from '../../../support/object-names';
import { made, TEXT } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import { requirePort } from '../../../support/port-number';
import { ServiceIdentity } from '../../../values/access/service-identity';
import type { DataPlane } from '../../../values/mesh/data-plane';
import { TelemetryProvider } from '../../../values/observability/telemetry-provider';
import type { MeshPort } from '../../../values/workload/mesh-port';
import { ADD_ON_OPTIONS, type AddOnOptions, TRACE_STORE_OPTIONS, type TraceStoreOptions } from './add-on-options';
import { type AddOnKind, SPAN_PORTS, USUAL } from './usual-add-ons';

/** What is known of an add-on. */
export interface AddOnFacts {
  readonly kind: AddOnKind;
  readonly otherNames: readonly string[];
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: MeshPort;
  /** Of its pods. */
  readonly metricsPort: number;
  readonly queryPort?: number;
  readonly probePorts: readonly number[];
  /** The Service that takes spans, and the ports on which it does. */
  readonly collector?: { readonly host: string; readonly ports: readonly number[] };
}

/**
 * An add-on that watches the mesh and that somebody else installs: where it runs, and by which names. Whatever is not said is as in Istio's samples, or as the charts of
 * its makers have it under the name of the add-on.
 *
 * Expands, in `addOns` of `ObservabilityAddOns`, into what lets in its callers and nobody else; `tracing` makes it the provider of a `Mesh`.
 *
 * @see https://istio.io/latest/docs/ops/integrations/
 * @example
 * import { AddOn, DataPlane, Mesh, MeshPort, ObservabilityAddOns } from 'istio-constructs';
 *
 * const tempo = AddOn.tempo({ namespaceName: 'observability', dataPlane: DataPlane.ambient() });
 * new Mesh(chart, 'mesh', { providers: [tempo.tracing()], tracing: { provider: 'tempo', samplingPercentage: 10 } });
 * const grafana = AddOn.grafana({ namespaceName: 'observability', dataPlane: DataPlane.ambient(), port: MeshPort.http(80, { targetPort: 3000 }) });
 * new ObservabilityAddOns(chart, 'add-ons', { addOns: [tempo, grafana] });
 */
export class AddOn {
  /**
   * Kiali, which shows the mesh: it asks Prometheus, Grafana, whoever keeps traces, istiod and the API server.
   * @param options Where it is not as in Istio's samples
   */
  public static kiali(options: AddOnOptions = {}): AddOn {
    requireOptions('AddOn', options, ADD_ON_OPTIONS);
    return new AddOn('kiali', options);
  }

  /**
   * Grafana, which shows dashboards: it asks Prometheus and whoever keeps traces.
   * @param options Where it is not as in Istio's samples
   */
  public static grafana(options: AddOnOptions = {}): AddOn {
    requireOptions('AddOn', options, ADD_ON_OPTIONS);
    return new AddOn('grafana', options);
  }

  /**
   * Prometheus, which reads metrics of all others.
   * @param options Where it is not as in Istio's samples
   */
  public static prometheus(options: AddOnOptions = {}): AddOn {
    requireOptions('AddOn', options, ADD_ON_OPTIONS);
    return new AddOn('prometheus', options);
  }

  /**
   * Jaeger, which takes spans and shows traces.
   * @param options Where it is not as in Istio's samples
   */
  public static jaeger(options: TraceStoreOptions = {}): AddOn {
    requireOptions('AddOn', options, TRACE_STORE_OPTIONS);
    return new AddOn('jaeger', options);
  }

  /**
   * Grafana Tempo as one process, which takes spans and keeps traces.
   * @param options Where it is not as the chart `tempo` of Grafana has it
   */
  public static tempo(options: TraceStoreOptions = {}): AddOn {
    requireOptions('AddOn', options, TRACE_STORE_OPTIONS);
    return new AddOn('tempo', options);
  }

  /** Namespace that it runs in. */
  public readonly namespaceName: string;
  /** Name of the Service of its page and its API. */
  public readonly serviceName: string;
  /** ServiceAccount of its pods. */
  public readonly serviceAccountName: string;
  /** How its pods are in the mesh; absent where they are not. */
  public readonly dataPlane?: DataPlane;
  /** @internal */
  public readonly _facts: AddOnFacts;

  private constructor(kind: AddOnKind, options: TraceStoreOptions) {
    const usual = USUAL[kind];
    const podLabels = options.podLabels ?? usual.podLabels;
    requireLabels('AddOn', 'podLabels', podLabels);
    this.namespaceName = requireNamespaceName('AddOn', options.namespaceName ?? ROOT_NAMESPACE);
    this.serviceName = requireName('AddOn', 'service name', options.serviceName ?? usual.serviceName);
    this.serviceAccountName = requireAccountName('AddOn', options.serviceAccountName ?? usual.serviceAccountName);
    this.dataPlane = options.dataPlane;
    const port = options.port ?? usual.port;
    const collectorName = options.collectorName ?? (kind === 'tempo' ? this.serviceName : usual.collectorName);
    const queryPort = options.queryPort ?? usual.queryPort;
    const otherNames = [...(collectorName === undefined ? [] : [collectorName]), ...usual.otherNames];
    this._facts = Object.freeze({
      kind,
      otherNames: otherNames.filter((name) => name !== this.serviceName),
      podLabels: Object.freeze({ ...podLabels }),
      port,
      metricsPort: requirePort('AddOn', 'metricsPort', options.metricsPort ?? usual.metricsPort ?? port.targetPort),
      queryPort: queryPort === undefined ? undefined : requirePort('AddOn', 'queryPort', queryPort),
      probePorts: usual.probePorts,
      collector: collectorName === undefined ? undefined : this.collectorOf(collectorName, options),
    });
  }

  /** Who it is to whom it calls: the `scraper` of MetricsScraping, for a Prometheus. */
  public get identity(): ServiceIdentity {
    const { namespaceName, serviceAccountName, dataPlane } = this;
    return ServiceIdentity.of(namespaceName, serviceAccountName, { dataPlane, podLabels: { ...this._facts.podLabels } });
  }

  /**
   * The provider to which proxies send their spans, by OTLP: one of `providers` of a `Mesh`.
   * @param name Its name, by which `tracing` of a Mesh or a Telemetry knows it; jaeger or tempo when left out
   */
  public tracing(name?: string): TelemetryProvider {
    if (name !== undefined) requireArguments('AddOn', { name }, { name: TEXT });
    const { kind, collector } = this._facts;
    if (!collector?.ports.length) {
      throw new MeshError({
        code: 'MESH906',
        at: 'AddOn',
        what: 'spans are sent to whoever keeps traces',
        got: `tracing of ${kind}, which takes none`,
        fix: 'take AddOn.jaeger() or AddOn.tempo()',
      });
    }
    return TelemetryProvider.openTelemetry(name ?? kind, { host: collector.host, port: collector.ports[0] });
  }

  private collectorOf(name: string, { spanPorts = [...SPAN_PORTS], clusterDomain = CLUSTER_DOMAIN }: TraceStoreOptions): Collector {
    const domain = requireDomain('AddOn', 'cluster domain', clusterDomain);
    const host = `${requireName('AddOn', 'service name', name)}.${this.namespaceName}.svc.${domain}`;
    return { host, ports: Object.freeze(spanPorts.map((port) => requirePort('AddOn', 'spanPorts', port))) };
  }
}

type Collector = NonNullable<AddOnFacts['collector']>;

export const ADD_ON = made(AddOn, 'AddOn', 'AddOn.kiali()', TRACE_STORE_OPTIONS);
