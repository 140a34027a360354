// A bank: a web page and an API for phones at two hosts, accounts and payments, statements that are made from what payments publish to Kafka,
// a Postgres outside the mesh, and a job that closes the day.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  JwtIssuer,
  MeshedCronJob,
  MeshedService,
  MeshedStatefulSet,
  MeshNamespace,
  MeshPort,
  PodVolume,
  ServiceIdentity,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';

const API = 8080;
const METRICS = 9090;
const BROKER = 9092;

export interface BankProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Bank extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: BankProps) {
    super(scope, id);

    const bank = new ZeroTrustNamespace(this, 'bank', { dataPlane });
    const events = new ZeroTrustNamespace(this, 'kafka', { dataPlane });

    const web = addService(bank, 'web');
    const api = addService(bank, 'api');
    const accounts = addService(bank, 'accounts', Duration.seconds(3));
    const payments = addService(bank, 'payments', Duration.seconds(10));
    const statements = addService(bank, 'statements');

    const kafka = addKafka(events);
    kafka.calls(kafka); // brokers, one by one

    const postgres = new UnmeshedService(bank, 'postgres', {
      host: 'postgres.databases.svc.cluster.local',
      ports: [MeshPort.tcp(5432)],
      podLabels: { app: 'postgres' },
    });

    for (const front of [web, api]) {
      front.calls(accounts, { port: API, http: [HttpAccess.get('/accounts/*')] });
      front.calls(payments, { port: API, http: [HttpAccess.post('/payments')] });
      front.calls(statements, { port: API, http: [HttpAccess.get('/statements/*')] });
    }
    payments.calls(accounts, { port: API, http: [HttpAccess.post('/bookings')] });
    payments.calls(kafka, { port: BROKER });
    statements.calls(kafka, { port: BROKER });
    accounts.calls(postgres);
    statements.calls(postgres);
    addClosing(bank).calls(statements, { port: API, http: [HttpAccess.post('/close-day')] });

    for (const service of [web, api, accounts, payments, statements]) scrape(service);

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'bank-cert' });
    gateway.expose(web, { host: 'bank.example.com' });

    // Phones carry a token of the bank; without one nobody gets to the API.
    const customers = JwtIssuer.of({ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys', audiences: ['bank'] });
    gateway.expose(api, { host: 'api.bank.example.com', pathPrefix: '/v1', user: { issuer: customers } });
  }
}

/**
 * Prometheus is in the mesh, in ambient mode, and connects to pods, past their Services. It finds them by their annotations; a sidecar would put
 * metrics of its own in the place of theirs, on a port of its own, unless it is told not to.
 */
function scrape(service: MeshedService): void {
  const { podMetadata } = service.deployment;
  podMetadata.addAnnotation('prometheus.io/scrape', 'true');
  podMetadata.addAnnotation('prometheus.io/port', String(METRICS));
  podMetadata.addAnnotation('prometheus.io/path', '/metrics');
  podMetadata.addAnnotation('prometheus.istio.io/merge-metrics', 'false');
  const prometheus = ServiceIdentity.of('monitoring', 'prometheus', {
    dataPlane: DataPlane.ambient(),
    podLabels: { 'app.kubernetes.io/name': 'prometheus' },
  });
  service.access.allow(prometheus, { port: METRICS, toPods: true });
}

function addService(scope: Construct, name: string, timeout?: Duration): MeshedService {
  return new MeshedService(scope, name, {
    image: `ghcr.io/acme/bank-${name}:1.0.0`,
    ports: [MeshPort.http(API), MeshPort.http(METRICS, { suffix: 'metrics' })],
    timeout,
    env: { KAFKA_BROKERS: 'kafka.kafka:9092', POSTGRES: 'postgres.databases:5432' },
  });
}

/** Three brokers that vote among themselves, and that tell clients to call each of them by a name of its own. */
function addKafka(scope: Construct): MeshedStatefulSet {
  const hostOf = (pod: string) => `${pod}.kafka-peers.kafka.svc.cluster.local`;
  const script = [
    'export KAFKA_NODE_ID=${HOSTNAME##*-}',
    `export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://${hostOf('$HOSTNAME')}:${BROKER}`,
    'exec /etc/kafka/docker/run',
  ];
  return new MeshedStatefulSet(scope, 'kafka', {
    image: 'docker.io/apache/kafka:4.1.0',
    command: ['/bin/sh', '-c', script.join('\n')],
    ports: [MeshPort.tcp(BROKER), MeshPort.tcp(9093, { suffix: 'controller' })],
    env: {
      CLUSTER_ID: 'bank-kafka-0000000000w',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: [0, 1, 2].map((number) => `${number}@${hostOf(`kafka-${number}`)}:9093`).join(','),
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    },
    user: 1000,
    fileGroup: 1000,
    parallelStart: true, // they have to find each other before they are ready
    volumeClaims: [{ name: 'data', path: '/var/lib/kafka/data', sizeGibibytes: 10 }],
    // The image writes its settings and its log beside the program.
    volumes: ['/opt/kafka/config', '/opt/kafka/logs', '/tmp'].map((path) => PodVolume.emptyDir(path)),
    resources: { cpuMillis: 250, memoryMebibytes: 1024, memoryLimitMebibytes: 2048 },
  });
}

/** At one in the morning, under an account of its own, by which it is let in. */
function addClosing(scope: Construct): MeshedCronJob {
  return new MeshedCronJob(scope, 'close-day', {
    image: 'docker.io/curlimages/curl:8.16.0',
    args: ['--fail', '--retry', '3', '--request', 'POST', 'http://statements:8080/close-day'],
    schedule: '0 1 * * *',
    retries: 3,
    user: 1000,
    resources: { cpuMillis: 10, memoryMebibytes: 16, memoryLimitMebibytes: 64 },
  });
}
