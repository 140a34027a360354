// A bank: a web page and an API for phones at two hosts, accounts and payments, statements that are made from what payments publish to Kafka,
// a Postgres outside the mesh, and a job that closes the day.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedCronJob,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ServiceIdentity,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { kafkaBrokers, requireToken } from './raw';

const API = 8080;
const METRICS = 9090;
const BROKER = 9092;

export interface BankProps {
  /** How its pods join the mesh; by name, for the raw parts differ by it. */
  readonly plane: 'sidecar' | 'ambient';
}

export class Bank extends Chart {
  constructor(scope: Construct, id: string, { plane }: BankProps) {
    super(scope, id);

    const dataPlane = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() }[plane];
    const bank = new ZeroTrustNamespace(this, 'bank', { dataPlane });
    const events = new ZeroTrustNamespace(this, 'kafka', { dataPlane });

    const web = addService(bank, 'web');
    const api = addService(bank, 'api');
    const accounts = addService(bank, 'accounts', Duration.seconds(3));
    const payments = addService(bank, 'payments', Duration.seconds(10));
    const statements = addService(bank, 'statements');

    // Brokers call each other, and tell their clients to call each of them by its own name.
    const kafka = MeshedService.fromWorkload(events, 'kafka', kafkaBrokers(events), {
      ports: [MeshPort.tcp(BROKER), MeshPort.tcp(9093, { suffix: 'controller' })],
    });
    kafka.calls(kafka);

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

    requireToken(bank, api, plane);

    for (const service of [web, api, accounts, payments, statements]) scrape(service);

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'bank-cert' });
    gateway.expose(web, { host: 'bank.example.com' });
    gateway.expose(api, { host: 'api.bank.example.com', pathPrefix: '/v1' });
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

/** Closes the day at one in the morning. */
function addClosing(bank: ZeroTrustNamespace): MeshedCronJob {
  return new MeshedCronJob(bank, 'close-day', {
    image: 'docker.io/curlimages/curl:8.16.0',
    args: ['--fail', '--retry', '3', '--request', 'POST', `http://statements:${API}/close-day`],
    schedule: '0 1 * * *',
    retries: 3,
    user: 1000,
    resources: { cpuMillis: 10, memoryMebibytes: 16, memoryLimitMebibytes: 64 },
  });
}

function addService(scope: Construct, name: string, timeout?: Duration): MeshedService {
  return new MeshedService(scope, name, {
    image: `ghcr.io/acme/bank-${name}:1.0.0`,
    ports: [MeshPort.http(API), MeshPort.http(METRICS, { suffix: 'metrics' })],
    timeout,
    env: { KAFKA_BROKERS: 'kafka.kafka:9092', POSTGRES: 'postgres.databases:5432' },
  });
}
