import { MeshPort } from '../../../values/workload/mesh-port';

/** What an add-on does, whatever it is called in a cluster. */
export type AddOnKind = 'kiali' | 'grafana' | 'jaeger' | 'tempo' | 'prometheus';

/** What is as in Istio's samples, or in the charts of the add-on's makers, unless somebody says otherwise. */
interface Usual {
  readonly serviceName: string;
  readonly serviceAccountName: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: MeshPort;
  /** Absent where its page's port has them. */
  readonly metricsPort?: number;
  readonly probePorts: readonly number[];
  /** Absent where nobody asks it by gRPC. */
  readonly queryPort?: number;
  /** Further Services over its pods. */
  readonly otherNames: readonly string[];
  /** Absent where it takes no spans. */
  readonly collectorName?: string;
}

const named = (name: string): Pick<Usual, 'serviceName' | 'serviceAccountName' | 'podLabels' | 'probePorts' | 'otherNames'> => ({
  serviceName: name,
  serviceAccountName: name,
  podLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name },
  probePorts: [],
  otherNames: [],
});

export const USUAL: Readonly<Record<AddOnKind, Usual>> = {
  kiali: { ...named('kiali'), port: MeshPort.http(20001), metricsPort: 9090 },
  grafana: { ...named('grafana'), port: MeshPort.http(3000) },
  // The container that reloads its configuration is probed too.
  prometheus: { ...named('prometheus'), port: MeshPort.http(9090), probePorts: [8080] },
  tempo: { ...named('tempo'), port: MeshPort.http(3200), collectorName: 'tempo' },
  jaeger: {
    serviceName: 'tracing',
    serviceAccountName: 'default',
    podLabels: { app: 'jaeger' },
    port: MeshPort.http(80, { targetPort: 16686 }),
    metricsPort: 8888,
    probePorts: [13133],
    queryPort: 16685,
    otherNames: ['zipkin'],
    collectorName: 'jaeger-collector',
  },
};

/** OTLP by gRPC and by HTTP, and Zipkin's. */
export const SPAN_PORTS: readonly number[] = [4317, 4318, 9411];
