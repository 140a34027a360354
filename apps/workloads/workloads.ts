// A billing system of every kind of pods: a service, a cluster whose members know each other, a cache on each node, a worker that takes from a queue, a job that
// runs once for each version, and one that runs every night. All of them call and are let in by the same words.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  EnvSource,
  HttpAccess,
  IngressGateway,
  MeshedCronJob,
  MeshedDaemonSet,
  MeshedJob,
  MeshedService,
  MeshedStatefulSet,
  MeshedWorker,
  MeshNamespace,
  MeshPort,
  PodVolume,
  ProxyStart,
  TrafficDistribution,
  UpdateStrategy,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface BillingProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Billing extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: BillingProps) {
    super(scope, id);

    const billing = new ZeroTrustNamespace(this, 'billing', { dataPlane });
    const edge = new MeshNamespace(this, 'edge', { dataPlane });

    const ledger = addLedger(billing);
    const rates = addRates(billing);
    const invoices = addInvoices(billing);
    ledger.calls(ledger); // its members, one by one
    invoices.calls(ledger);
    invoices.calls(rates);
    new IngressGateway(edge, 'gateway', { tlsSecret: 'billing-cert' }).expose(invoices, { host: 'billing.example.com' });

    addReminders(billing).calls(invoices, { http: [HttpAccess.get('/invoices/*'), HttpAccess.post('/invoices/{*}/reminders')] });
    addMigration(billing).calls(ledger);
    addClosing(billing).calls(invoices, { http: [HttpAccess.post('/close')] });
  }
}

/** What writes nothing but into these, under an id that is not the proxy's. */
const SCRATCH = { user: 1000, group: 1000, fileGroup: 1000, volumes: [PodVolume.emptyDir('/tmp', { sizeMebibytes: 64 })] };

/** Requests may take half a minute to end, whichever pod goes. */
function addInvoices(billing: ZeroTrustNamespace): MeshedService {
  return new MeshedService(billing, 'invoices', {
    ...SCRATCH,
    image: 'ghcr.io/acme/invoices:2.1.0',
    ports: [MeshPort.http(8080)],
    envFrom: [EnvSource.configMap('invoices', { prefix: 'INVOICES_' }), EnvSource.secretKey('SIGNING_KEY', 'invoices', 'signing-key')],
    volumes: [...SCRATCH.volumes, PodVolume.secret('/etc/invoices/certificate', 'invoices-certificate')],
    initContainers: [{ name: 'templates', image: 'ghcr.io/acme/invoice-templates:7', args: ['--to', '/tmp/templates'] }],
    startup: WorkloadProbe.http('/started'),
    readiness: WorkloadProbe.http('/ready'),
    updateStrategy: UpdateStrategy.rolling({ maxSurge: 1, maxUnavailable: 0 }),
    gracefulShutdown: { drain: Duration.seconds(30) },
    proxyStart: ProxyStart.NATIVE,
    accountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/invoices' },
  });
}

/** Three members, each with a volume of its own; a new version goes to the last of them first. */
function addLedger(billing: ZeroTrustNamespace): MeshedStatefulSet {
  return new MeshedStatefulSet(billing, 'ledger', {
    ...SCRATCH,
    image: 'ghcr.io/acme/ledger:4.0.0',
    ports: [MeshPort.tcp(7000)],
    env: { MEMBERS: [0, 1, 2].map((number) => `ledger-${number}.ledger-peers:7000`).join(',') },
    volumeClaims: [{ name: 'data', path: '/var/lib/ledger', sizeGibibytes: 20 }],
    parallelStart: true,
    partition: 2,
    gracefulShutdown: { drain: Duration.minutes(1) },
    nodeSelector: { 'node.kubernetes.io/instance-type': 'm7g.large' },
  });
}

/** A cache on each node: pods ask the one beside them first. */
function addRates(billing: ZeroTrustNamespace): MeshedDaemonSet {
  return new MeshedDaemonSet(billing, 'rates', {
    ...SCRATCH,
    image: 'ghcr.io/acme/rates:1.3.0',
    ports: [MeshPort.grpc(9090)],
    readiness: WorkloadProbe.grpc(),
    trafficDistribution: TrafficDistribution.PREFER_SAME_NODE,
    tolerations: [{ key: 'dedicated', value: 'batch' }],
  });
}

/** As many as the queue is long: KEDA says how many, and may say none. */
function addReminders(billing: ZeroTrustNamespace): MeshedWorker {
  return new MeshedWorker(billing, 'reminders', {
    ...SCRATCH,
    image: 'ghcr.io/acme/reminders:1.0.2',
    liveness: WorkloadProbe.exec('test', '-f', '/tmp/alive'),
    scaledBy: 'KEDA',
  });
}

/** Once for each version: the Job is another one, the identity the same. */
function addMigration(billing: ZeroTrustNamespace): MeshedJob {
  return new MeshedJob(billing, 'migrate-ledger', {
    ...SCRATCH,
    image: 'ghcr.io/acme/migrate-ledger:4.0.0',
    version: '4-0-0',
    retries: 2,
    deadline: Duration.hours(1),
    deleteAfter: Duration.days(7),
  });
}

function addClosing(billing: ZeroTrustNamespace): MeshedCronJob {
  return new MeshedCronJob(billing, 'close-day', {
    ...SCRATCH,
    image: 'ghcr.io/acme/close-day:1.0.0',
    schedule: '30 23 * * *',
    timeZone: 'Europe/Berlin',
    deadline: Duration.hours(2),
  });
}
