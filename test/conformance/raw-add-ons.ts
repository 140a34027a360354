import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

interface Installed {
  readonly name: string;
  readonly account?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly podPorts: readonly number[];
  /** Ports by the Service that has them; a pair is one with another port of the pods behind it. */
  readonly services: Readonly<Record<string, ReadonlyArray<number | readonly [port: number, targetPort: number]>>>;
}

const SAMPLES: readonly Installed[] = [
  { name: 'kiali', podPorts: [20001, 9090], services: { kiali: [20001, 9090] } },
  { name: 'grafana', podPorts: [3000], services: { grafana: [3000] } },
  { name: 'prometheus', podPorts: [9090], services: { prometheus: [9090] } },
  { name: 'tempo', podPorts: [3200, 4317, 4318, 9411], services: { tempo: [3200, 4317, 4318, 9411] } },
  {
    name: 'jaeger',
    account: 'default',
    labels: { app: 'jaeger' },
    podPorts: [16686, 16685, 8888, 4317, 4318, 9411],
    services: { tracing: [[80, 16686], 16685], zipkin: [9411], 'jaeger-collector': [9411, 4317, 4318] },
  },
];

/** The add-ons as Istio's samples, and the chart of Tempo, install them in the mesh or outside it; their Services say how they go with a waypoint. */
export function rawAddOns(scope: Construct, namespace: string, isInMesh: boolean): void {
  const podLabels = isInMesh ? {} : { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' };
  const serviceLabels: Record<string, string> = isInMesh
    ? { 'istio.io/ingress-use-waypoint': 'true' }
    : { 'istio.io/use-waypoint': 'none' };
  for (const { name, account = name, labels, podPorts, services } of SAMPLES) {
    const picked = labels ?? { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
    const container = { name, image: `registry.example.com/${name}:1.0.0`, ports: podPorts.map((containerPort) => ({ containerPort })) };
    const template = {
      metadata: { labels: { ...picked, app: name, version: 'v1', ...podLabels } },
      spec: { serviceAccountName: account, containers: [container] },
    };
    if (account === name)
      new ApiObject(scope, `account-${name}`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
    const spec = { selector: { matchLabels: picked }, template };
    new ApiObject(scope, `deployment-${name}`, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec });
    for (const [service, ports] of Object.entries(services)) {
      const open = ports.map((port) => (typeof port === 'number' ? portOf(port, port) : portOf(...port)));
      const metadata = { name: service, namespace, labels: serviceLabels };
      new ApiObject(scope, `service-${service}`, { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: picked, ports: open } });
    }
  }
}

function portOf(port: number, targetPort: number): object {
  const protocol = [16685, 4317].includes(port) ? 'grpc' : 'http';
  return { name: `${protocol}-${port}`, appProtocol: protocol, port, targetPort };
}
