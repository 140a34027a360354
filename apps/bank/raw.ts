// RAW: all that the bank has and that there is no construct for yet. Whatever is made inside a namespace's construct lives in that namespace.
import { ApiObject } from 'cdk8s';
import { MeshedService, ZeroTrustNamespace } from 'istio-constructs';

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const NO_ROOT = { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } };

/** Three brokers that vote among themselves, each known to its clients as `kafka-<n>.kafka-brokers.kafka`. */
export function kafkaBrokers(kafka: ZeroTrustNamespace): ApiObject {
  const podLabels = { app: 'kafka' };
  new ApiObject(kafka, 'kafka-brokers', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kafka-brokers' },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true, // they have to find each other before they are ready
      selector: podLabels,
      ports: [
        { name: 'tcp', port: 9092, targetPort: 9092, appProtocol: 'tcp' },
        { name: 'tcp-controller', port: 9093, targetPort: 9093, appProtocol: 'tcp' },
      ],
    },
  });
  const voters = [0, 1, 2].map((ordinal) => `${ordinal}@${brokerHost(`kafka-${ordinal}`)}:9093`);
  const script = [
    'export KAFKA_NODE_ID=${HOSTNAME##*-}',
    `export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://${brokerHost('$HOSTNAME')}:9092`,
    'exec /etc/kafka/docker/run',
  ];
  const container = {
    name: 'kafka',
    image: 'docker.io/apache/kafka:4.1.0',
    command: ['/bin/sh', '-c', script.join('\n')],
    env: [
      { name: 'CLUSTER_ID', value: 'bank-kafka-0000000000w' },
      { name: 'KAFKA_PROCESS_ROLES', value: 'broker,controller' },
      { name: 'KAFKA_LISTENER_SECURITY_PROTOCOL_MAP', value: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT' },
      { name: 'KAFKA_LISTENERS', value: 'PLAINTEXT://:9092,CONTROLLER://:9093' },
      { name: 'KAFKA_CONTROLLER_LISTENER_NAMES', value: 'CONTROLLER' },
      { name: 'KAFKA_CONTROLLER_QUORUM_VOTERS', value: voters.join(',') },
      { name: 'KAFKA_LOG_DIRS', value: '/var/lib/kafka/data' },
    ],
    ports: [
      { name: 'tcp', containerPort: 9092 },
      { name: 'tcp-controller', containerPort: 9093 },
    ],
    readinessProbe: { tcpSocket: { port: 9092 } },
    resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '2Gi' } },
    volumeMounts: [{ name: 'data', mountPath: '/var/lib/kafka/data' }],
    securityContext: HARDENED,
  };
  return new ApiObject(kafka, 'stateful-set', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'kafka' },
    spec: {
      serviceName: 'kafka-brokers',
      replicas: 3,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: { containers: [container], securityContext: NO_ROOT } },
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } },
      ],
    },
  });
}

function brokerHost(pod: string): string {
  return `${pod}.kafka-brokers.kafka.svc.cluster.local`;
}

/**
 * Nobody calls the service without a token of the bank, whoever lets them in. Policies attach to sidecars by labels, to a waypoint by a Service;
 * and a refusal that speaks of HTTP alone would refuse every port that is not HTTP, so it names the port. Each attachment has names of its own: as one
 * object that changes its attachment it would have both under server-side apply, which the API server refuses.
 */
export function requireToken(bank: ZeroTrustNamespace, service: MeshedService, plane: 'sidecar' | 'ambient'): void {
  const [place, attachment] = {
    sidecar: ['', { selector: { matchLabels: { app: service.serviceName } } }] as const,
    ambient: ['-waypoint', { targetRefs: [{ group: '', kind: 'Service', name: service.serviceName }] }] as const,
  }[plane];
  new ApiObject(bank, 'tokens', {
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
    metadata: { name: `tokens${place}` },
    spec: { ...attachment, jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys', audiences: ['bank'] }] },
  });
  new ApiObject(bank, 'no-token', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `no-token${place}` },
    spec: {
      ...attachment,
      action: 'DENY',
      rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { ports: ['8080'] } }] }],
    },
  });
}
