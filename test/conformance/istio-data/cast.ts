import type { Labels } from '../../../lib/cluster/objects/fields';

/** How the pods of a mesh join it. */
export const PLANES: Readonly<Record<string, Labels>> = {
  sidecars: { 'istio-injection': 'enabled' },
  ambient: { 'istio.io/dataplane-mode': 'ambient' },
  'a waypoint': { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'waypoint' },
};

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort?: number;
}

const PORTS: readonly Port[] = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'grpc', port: 7070 },
  { name: 'tcp', port: 9000 },
];

export const namespace = (name: string, labels: Labels = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

/** A Deployment under an account of its name. */
export function workload(namespaceName: string, name: string, labels: Labels = { app: name }): object {
  const containers = [{ name: 'main', image: 'main', ports: PORTS.map(({ port, targetPort = port }) => ({ containerPort: targetPort })) }];
  const template = { metadata: { labels }, spec: { serviceAccountName: labels.app ?? name, containers } };
  const spec = { selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: namespaceName }, spec };
}

export function service(namespaceName: string, name: string, ports: readonly Port[] = PORTS, selector: Labels = { app: name }): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: namespaceName }, spec: { selector, ports } };
}

export function waypoint(namespaceName: string): object {
  const listeners = [{ name: 'mesh', port: 15008, protocol: 'HBONE' }];
  const metadata = { name: 'waypoint', namespace: namespaceName };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata, spec: { gatewayClassName: 'istio-waypoint', listeners } };
}

/** Pods and Service of a gateway as Istio's charts make it. */
export function gateway(name: string, namespaceName = 'istio-system', ports: readonly Port[] = GATEWAY_PORTS): object[] {
  const labels = { app: name, istio: name.replace('istio-', '') };
  const template = {
    metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'true' }, annotations: { 'inject.istio.io/templates': 'gateway' } },
    spec: { serviceAccountName: name, containers: [{ name: 'istio-proxy', image: 'auto' }] },
  };
  const spec = { selector: { matchLabels: labels }, template };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: namespaceName }, spec },
    service(namespaceName, name, ports, labels),
  ];
}

const GATEWAY_PORTS: readonly Port[] = [
  { name: 'http', port: 80 },
  { name: 'https', port: 443 },
];

/** A namespace that is in the mesh, with the waypoint that it wants. */
export function meshed(name: string, plane: Labels): object[] {
  return [namespace(name, plane), ...(plane['istio.io/use-waypoint'] ? [waypoint(name)] : [])];
}
