// A shop and its data, in the three ways in which databases meet a mesh: outside the cluster, in the cluster but not in the mesh, and in the mesh.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DataPlane, ExternalPort, ExternalService, MeshedService, MeshPort, UnmeshedService, ZeroTrustNamespace } from 'istio-constructs';
import { headless, statefulSet } from './stateful-set';

export interface DatabasesProps {
  /** How the pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Databases extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: DatabasesProps) {
    super(scope, id);

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const data = new ZeroTrustNamespace(this, 'data', { dataPlane });
    const app = (name: string) => new MeshedService(shop, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] });

    outside(shop, app('orders'));
    unmeshed(shop, app('accounts'));
    catalog(data, app('catalog'));
    carts(data, app('cart'));
    reviews(data, app('reviews'));
    events(data, app('shipping'), app('statistics'));
  }
}

/** Managed databases outside the cluster, in private networks. PostgreSQL turns to TLS later, MongoDB Atlas and Redis with TLS begin with it. */
function outside(shop: Construct, orders: MeshedService): void {
  const postgres = new ExternalService(shop, 'orders-db', {
    host: 'orders.c1.eu-central-1.rds.example.com',
    port: ExternalPort.postgres(),
    addresses: ['10.20.0.0/24'],
  });
  const archive = new ExternalService(shop, 'archive', {
    host: 'archive-00.mongodb.example.com',
    port: ExternalPort.tls(27017),
    addresses: ['10.21.0.0/24'],
  });
  const sessions = new ExternalService(shop, 'sessions', {
    host: 'sessions.redis.example.com',
    port: ExternalPort.tls(6380),
    addresses: ['10.22.0.0/24'],
  });
  for (const database of [postgres, archive, sessions]) orders.calls(database);
}

/** A Postgres whose operator keeps its pods out of the mesh: its own login and TLS, and the network layer, guard it. */
function unmeshed(shop: Construct, accounts: MeshedService): void {
  accounts.calls(
    new UnmeshedService(shop, 'accounts-db', {
      host: 'accounts-rw.postgres.svc.cluster.local',
      ports: [MeshPort.tcp(5432)],
      podLabels: { 'cnpg.io/cluster': 'accounts' },
    }),
  );
}

/** MySQL in the mesh: the server speaks first, so that its port must say that it is no HTTP. */
function catalog(data: ZeroTrustNamespace, caller: MeshedService): void {
  const ports = [{ name: 'mysql', port: 3306 }];
  const workload = statefulSet(data, {
    name: 'catalog-db',
    image: 'docker.io/library/mysql:9.4',
    ports,
    replicas: 1,
    path: '/var/lib/mysql',
  });
  caller.calls(MeshedService.fromWorkload(data, 'catalog-db', workload, { ports: [MeshPort.mysql(3306)] }));
}

/** A cluster of Redis: clients are told the addresses of its pods, and connect to them; the pods talk on a port of their own. */
function carts(data: ZeroTrustNamespace, caller: MeshedService): void {
  const ports = [
    { name: 'redis', port: 6379 },
    { name: 'tcp-bus', port: 16379 },
  ];
  const serviceName = headless(data, 'carts-pods', 'carts', ports);
  const workload = statefulSet(data, { name: 'carts', image: 'docker.io/library/redis:8', ports, replicas: 6, path: '/data', serviceName });
  const redis = MeshedService.fromWorkload(data, 'carts', workload, {
    ports: [MeshPort.redis(6379), MeshPort.tcp(16379, { suffix: 'bus' })],
  });
  caller.calls(redis, { port: 6379 });
  caller.calls(redis, { port: 6379, toPods: true });
  redis.calls(redis, { toPods: true });
}

/** MongoDB in the mesh with TLS of its own: the mesh carries it as it is, inside its own. */
function reviews(data: ZeroTrustNamespace, caller: MeshedService): void {
  const ports = [{ name: 'tls', port: 27017 }];
  const workload = statefulSet(data, { name: 'reviews-db', image: 'docker.io/library/mongo:8', ports, replicas: 1, path: '/data/db' });
  caller.calls(MeshedService.fromWorkload(data, 'reviews-db', workload, { ports: [MeshPort.tls(27017)] }));
}

/** Kafka: clients begin at the Service, and are told of brokers by their own names, which a headless Service gives them. */
function events(data: ZeroTrustNamespace, producer: MeshedService, consumer: MeshedService): void {
  const ports = [
    { name: 'tcp', port: 9092 },
    { name: 'tcp-quorum', port: 9093 },
  ];
  const serviceName = headless(data, 'kafka-brokers', 'kafka', ports);
  const image = 'docker.io/apache/kafka:4.1.0';
  const workload = statefulSet(data, { name: 'kafka', image, ports, replicas: 3, path: '/var/lib/kafka/data', serviceName });
  const kafka = MeshedService.fromWorkload(data, 'kafka', workload, {
    ports: [MeshPort.tcp(9092), MeshPort.tcp(9093, { suffix: 'quorum' })],
  });
  for (const client of [producer, consumer]) client.calls(kafka, { port: 9092 });
  kafka.calls(kafka);
}
