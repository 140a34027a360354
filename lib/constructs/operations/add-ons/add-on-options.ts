import { listOf, mapOf, NUMBER, optional, type Shape, struct, TEXT } from '../../../support/options/kind';
import { DATA_PLANE, type DataPlane } from '../../../values/mesh/data-plane';
import { MESH_PORT, type MeshPort } from '../../../values/workload/mesh-port';

/** Where an add-on runs and by which names it is known, where that is not as in Istio's samples. */
export interface AddOnOptions {
  /**
   * Namespace that it runs in.
   * @default istio-system
   */
  readonly namespaceName?: string;

  /**
   * Name of the Service of its page and its API.
   * @default - kiali, grafana, prometheus, tempo; tracing for Jaeger
   */
  readonly serviceName?: string;

  /**
   * ServiceAccount of its pods.
   * @default - the name of the add-on; default for Jaeger
   */
  readonly serviceAccountName?: string;

  /**
   * Labels that pick its pods.
   * @default - `app: jaeger` for Jaeger; `app.kubernetes.io/name` and `app.kubernetes.io/instance` with the name of the add-on for all others
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * How its pods are in the mesh.
   * @default - not at all, as with `sidecar.istio.io/inject: "false"`: the network layer alone guards them
   */
  readonly dataPlane?: DataPlane;

  /**
   * Port of its page and its API: of its Service and, as `targetPort`, of its pods.
   * @default - 20001 for Kiali, 3000 for Grafana, 9090 for Prometheus, 3200 for Tempo, 80 with 16686 behind it for Jaeger
   */
  readonly port?: MeshPort;

  /**
   * Port of its pods that has its own metrics.
   * @default - 9090 for Kiali, 8888 for Jaeger; that of its page for all others
   */
  readonly metricsPort?: number;

  /**
   * Domain of the cluster, as the `Mesh` has it.
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}

/** The same of an add-on that keeps traces. */
export interface TraceStoreOptions extends AddOnOptions {
  /**
   * Name of the Service that takes spans.
   * @default - jaeger-collector for Jaeger; for Tempo the Service of its API
   */
  readonly collectorName?: string;

  /**
   * Port on which it answers queries by gRPC, of its Service and of its pods.
   * @default - 16685 for Jaeger, none for Tempo
   */
  readonly queryPort?: number;

  /**
   * Ports on which its collector takes spans, the one of OTLP by gRPC first; of the Service and of its pods.
   * @default - 4317, 4318 and, for Zipkin, 9411
   */
  readonly spanPorts?: number[];
}

const ADD_ON_SHAPE: Shape<AddOnOptions> = {
  namespaceName: optional(TEXT),
  serviceName: optional(TEXT),
  serviceAccountName: optional(TEXT),
  podLabels: optional(mapOf(TEXT)),
  dataPlane: optional(DATA_PLANE),
  port: optional(MESH_PORT),
  metricsPort: optional(NUMBER),
  clusterDomain: optional(TEXT),
};

export const ADD_ON_OPTIONS = struct<AddOnOptions>(ADD_ON_SHAPE);

export const TRACE_STORE_OPTIONS = struct<TraceStoreOptions>({
  ...ADD_ON_SHAPE,
  collectorName: optional(TEXT),
  queryPort: optional(NUMBER),
  spanPorts: optional(listOf(NUMBER)),
});
