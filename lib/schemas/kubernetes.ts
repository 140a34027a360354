import type { Schema } from './schema';

const TEXT: Schema = { type: 'string' };
const TEXTS: Schema = { type: 'object', additionalProperties: TEXT };
const LIST_OF_TEXTS: Schema = { type: 'array', items: TEXT };
const PORT: Schema = { type: 'integer', minimum: 1, maximum: 65535 };
const PROTOCOL: Schema = { type: 'string', enum: ['TCP', 'UDP', 'SCTP'] };
const TRUTH: Schema = { type: 'boolean' };

/** Fields beside these may be there too. */
function fields(properties: NonNullable<Schema['properties']>): Schema {
  return { type: 'object', properties, 'x-kubernetes-preserve-unknown-fields': true };
}

function listOf(properties: NonNullable<Schema['properties']>): Schema {
  return { type: 'array', items: fields(properties) };
}

const METADATA = fields({ name: TEXT, generateName: TEXT, namespace: TEXT, labels: TEXTS, annotations: TEXTS });

const PROBE = fields({ httpGet: fields({ path: TEXT, host: TEXT, scheme: TEXT }), grpc: fields({ port: PORT, service: TEXT }) });

const CONTAINERS = listOf({
  name: TEXT,
  image: TEXT,
  command: LIST_OF_TEXTS,
  args: LIST_OF_TEXTS,
  env: listOf({ name: TEXT, value: TEXT }),
  ports: listOf({ name: TEXT, containerPort: PORT, hostPort: PORT, protocol: PROTOCOL }),
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
});

const POD = fields({
  containers: CONTAINERS,
  initContainers: CONTAINERS,
  serviceAccountName: TEXT,
  hostNetwork: TRUTH,
  automountServiceAccountToken: TRUTH,
  nodeSelector: TEXTS,
  volumes: listOf({ name: TEXT }),
});

const TEMPLATE = fields({ metadata: METADATA, spec: POD });
const SELECTOR = fields({ matchLabels: TEXTS, matchExpressions: listOf({ key: TEXT, operator: TEXT, values: LIST_OF_TEXTS }) });
const OF_PODS = fields({ replicas: { type: 'integer', minimum: 0 }, selector: SELECTOR, template: TEMPLATE });
const JOB = fields({ template: TEMPLATE });

const SERVICE = fields({
  type: { type: 'string', enum: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] },
  clusterIP: TEXT,
  externalName: TEXT,
  selector: TEXTS,
  ports: listOf({ name: TEXT, port: PORT, nodePort: PORT, protocol: PROTOCOL, appProtocol: TEXT }),
});

const PEERS = listOf({ podSelector: SELECTOR, namespaceSelector: SELECTOR, ipBlock: fields({ cidr: TEXT, except: LIST_OF_TEXTS }) });
const OPENED = listOf({ protocol: PROTOCOL, endPort: PORT });

const NETWORK_POLICY = fields({
  podSelector: SELECTOR,
  policyTypes: { type: 'array', items: { type: 'string', enum: ['Ingress', 'Egress'] } },
  ingress: listOf({ from: PEERS, ports: OPENED }),
  egress: listOf({ to: PEERS, ports: OPENED }),
});

const SPECS: Readonly<Record<string, NonNullable<Schema['properties']>>> = {
  '/Service': { spec: SERVICE },
  '/Pod': { spec: POD },
  '/Namespace': {},
  '/ServiceAccount': {},
  '/ConfigMap': { data: TEXTS },
  '/Secret': { type: TEXT, data: TEXTS, stringData: TEXTS },
  'apps/Deployment': { spec: OF_PODS },
  'apps/StatefulSet': { spec: OF_PODS },
  'apps/DaemonSet': { spec: OF_PODS },
  'apps/ReplicaSet': { spec: OF_PODS },
  'batch/Job': { spec: JOB },
  'batch/CronJob': { spec: fields({ schedule: TEXT, jobTemplate: fields({ spec: JOB }) }) },
  'networking.k8s.io/NetworkPolicy': { spec: NETWORK_POLICY },
};

const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  Object.entries(SPECS).map(([groupKind, properties]) => [groupKind, fields({ metadata: METADATA, ...properties })]),
);

/**
 * The types of those fields of a kind of Kubernetes that the mesh depends on. Nothing says here which have to be there: an overlay of kustomize leaves out what its
 * base says.
 */
export function kubernetesSchema(groupKind: string): Schema | undefined {
  return SCHEMAS.get(groupKind);
}
