import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Objects as Helm or a hand would write them: nothing in them knows of a mesh. */
export interface RawWorkload {
  /** @default Deployment */
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  /** Of the pods. @default app: <name> */
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly replicas?: number;
}

export function rawWorkload(scope: Construct, workload: RawWorkload): ApiObject {
  const { kind = 'Deployment', name, namespace, port, labels, serviceAccountName, replicas } = workload;
  const matchLabels = { app: name, ...labels };
  const containers = [{ name: 'main', image: `registry.example.com/${name}:1.0.0`, ports: [{ containerPort: port }] }];
  const template = { metadata: { labels: matchLabels }, spec: { containers, serviceAccountName } };
  const extra = kind === 'StatefulSet' ? { serviceName: name } : {};
  const spec = { replicas, selector: { matchLabels }, template, ...extra };
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec });
}

/** A CronJob under an account of its own, both by one name. */
export function rawCronJob(scope: Construct, name: string, namespace: string, labels: Readonly<Record<string, string>>): ApiObject {
  new ApiObject(scope, `account-${name}`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  const containers = [{ name: 'main', image: `registry.example.com/${name}:1.0.0` }];
  const template = { metadata: { labels }, spec: { containers, serviceAccountName: name, restartPolicy: 'Never' } };
  const spec = { schedule: '0 * * * *', jobTemplate: { spec: { template } } };
  return new ApiObject(scope, `CronJob-${name}`, { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, namespace }, spec });
}

export function rawNamespace(scope: Construct, name: string, labels: Readonly<Record<string, string>> = {}): ApiObject {
  return new ApiObject(scope, `namespace-${name}`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}

export interface RawService {
  readonly name: string;
  readonly namespace: string;
  /** @default tcp */
  readonly portName?: string;
  readonly port: number;
  readonly targetPort?: number;
  /** The label `app` of its pods. @default <name> */
  readonly app?: string;
  /** Without a cluster address. */
  readonly headless?: boolean;
}

export function rawService(scope: Construct, service: RawService): ApiObject {
  const { name, namespace, portName = 'tcp', port, targetPort, app = name, headless } = service;
  const spec = { selector: { app }, ports: [{ name: portName, port, targetPort }], ...(headless ? { clusterIP: 'None' } : {}) };
  return new ApiObject(scope, `service-${name}`, { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
}

/** A database in a namespace of its own, outside the mesh: `orders-db.databases`, port 5432, pods' port 15432. */
export function database(scope: Construct): string {
  const [name, namespace] = ['orders-db', 'databases'];
  rawNamespace(scope, namespace);
  rawWorkload(scope, { kind: 'StatefulSet', name, namespace, port: 15432 });
  rawService(scope, { name, namespace, port: 5432, targetPort: 15432 });
  return `${name}.${namespace}.svc.cluster.local`;
}

/** A route of the gateway in `edge` to a Service, for all paths of a host. */
export function rawRoute(scope: Construct, host: string, { name, namespace, port }: RawService): ApiObject {
  const parentRefs = [{ name: 'gateway', namespace: 'edge' }];
  const matches = [{ path: { type: 'PathPrefix', value: '/' } }];
  return new ApiObject(scope, `route-${host}`, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: host, namespace },
    spec: { parentRefs, hostnames: [host], rules: [{ matches, backendRefs: [{ name, port }] }] },
  });
}

/** apiVersion, kind, name and spec of whatever object. */
export type RawObject = readonly [apiVersion: string, kind: string, name: string, spec: object];

/** An object that somebody adds to a program, in the namespace of the construct around it. */
export function beside(scope: Construct, [apiVersion, kind, name, spec]: RawObject): ApiObject {
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, spec });
}
