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

/** A gateway as Helm's chart installs it, and the certificates that its listeners show. */
export interface RawGateway {
  readonly name: string;
  readonly namespace: string;
  /** Ports of its Service. */
  readonly ports: readonly number[];
  /** Ports of its pods, where they are others. */
  readonly targetPorts?: Readonly<Record<number, number>>;
  readonly secrets?: readonly string[];
}

export function rawGateway(scope: Construct, { name, namespace, ports, targetPorts = {}, secrets = [] }: RawGateway): void {
  const labels = { app: name, istio: name.replace(/^istio-/, '') };
  const metadata = { name, namespace };
  const template = {
    metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'true' }, annotations: { 'inject.istio.io/templates': 'gateway' } },
    spec: { serviceAccountName: name, containers: [{ name: 'istio-proxy', image: 'registry.example.com/proxy:1.0.0' }] },
  };
  new ApiObject(scope, `account-${name}`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  new ApiObject(scope, `deployment-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: labels }, template },
  });
  const open = ports.map((port) => ({ name: `port-${port}`, port, protocol: 'TCP', targetPort: targetPorts[port] ?? port }));
  new ApiObject(scope, `service-${name}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'LoadBalancer', selector: labels, ports: [{ name: 'status-port', port: 15021, targetPort: 15021 }, ...open] },
  });
  for (const secret of secrets) {
    new ApiObject(scope, `secret-${secret}`, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: secret, namespace },
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': CERTIFICATE, 'tls.key': NO_KEY, 'ca.crt': CERTIFICATE },
    });
  }
}

/** A certificate for a hundred years, which Istio's analyzers read; nobody has its key, and they ask for none. */
const CERTIFICATE = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJHVENCd2FBREFnRUNBZ0VCTUFvR0NDcUdTTTQ5QkFNQ01CWXhGREFTQmdOVkJBTVRDMl',
  'Y0WVcxd2JHVXUKWTI5dE1DQVhEVEl3TURFd01UQXdNREF3TUZvWUR6SXhNakF3TVRBeE1EQXdNREF3V2pBV01SUXdFZ1lEVlFRRApFd3RsZUdG',
  'dGNHeGxMbU52YlRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQk40TENXeXVGcWluCkgrRUpNM2VtbnZLSkZwdTg4QzlMMG15QW',
  'NUbWFFOTBjRDhvbll2NnAxVnZSb2RpeERaazRaU0lWa0JPdTV6SlUKbkdoQmd1UmlmT3d3Q2dZSUtvWkl6ajBFQXdJRFJ3QXdSQUlnSmdOZmpK',
  'NU45L0xlNXZ4MlV2ZnBmQlR3RDhxVgozTFNWSEdCd0hoazIxNTBDSUhBUDV6NnZiTitRd2M2aWdVWWNtYlhvdkx4dWREaitpSjFUK0E5ZXBTZH',
  'YKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=',
].join('');
const NO_KEY = Buffer.from('-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n').toString('base64');
