// A shop and its data, in the three ways in which databases meet a mesh: outside the cluster, in the cluster but not in the mesh, and in the mesh.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  EnvSource,
  ExternalPort,
  ExternalService,
  MeshedService,
  MeshedStatefulSet,
  MeshedStatefulSetProps,
  MeshPort,
  PodVolume,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';

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

type StoreProps = Pick<
  MeshedStatefulSetProps,
  'image' | 'ports' | 'replicas' | 'command' | 'args' | 'env' | 'envFrom' | 'volumes' | 'parallelStart'
>;

/** Pods with a volume each, under a user of their own; what is no data they write into directories that end with them. */
function addStore(data: ZeroTrustNamespace, name: string, path: string, props: StoreProps): MeshedStatefulSet {
  return new MeshedStatefulSet(data, name, {
    ...props,
    user: 1000,
    fileGroup: 1000,
    volumes: [PodVolume.emptyDir('/tmp'), ...(props.volumes ?? [])],
    volumeClaims: [{ name: 'data', path, sizeGibibytes: 10 }],
    resources: { cpuMillis: 250, memoryMebibytes: 1024, memoryLimitMebibytes: 2048 },
  });
}

/** MySQL in the mesh: the server speaks first, so that its port must say that it is no HTTP. */
function catalog(data: ZeroTrustNamespace, caller: MeshedService): void {
  const mysql = addStore(data, 'catalog-db', '/var/lib/mysql', {
    image: 'docker.io/library/mysql:9.4',
    ports: [MeshPort.mysql(3306)],
    replicas: 1,
    envFrom: [EnvSource.secretKey('MYSQL_ROOT_PASSWORD', 'catalog-db', 'password')],
    volumes: [PodVolume.emptyDir('/var/run/mysqld')],
  });
  caller.calls(mysql);
}

/** A cluster of Redis: clients are told the addresses of its pods, and connect to them; the pods talk on a port of their own. */
function carts(data: ZeroTrustNamespace, caller: MeshedService): void {
  const redis = addStore(data, 'carts', '/data', {
    image: 'docker.io/library/redis:8',
    args: ['redis-server', '--cluster-enabled', 'yes'],
    ports: [MeshPort.redis(6379), MeshPort.tcp(16379, { suffix: 'bus' })],
    replicas: 6,
    parallelStart: true,
  });
  caller.calls(redis, { port: 6379 });
  caller.calls(redis, { port: 6379, toPods: true });
  redis.calls(redis, { toPods: true });
}

/** MongoDB in the mesh with TLS of its own: the mesh carries it as it is, inside its own. */
function reviews(data: ZeroTrustNamespace, caller: MeshedService): void {
  const mongo = addStore(data, 'reviews-db', '/data/db', {
    image: 'docker.io/library/mongo:8',
    args: ['--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', '/etc/mongo/tls/tls.pem'],
    ports: [MeshPort.tls(27017)],
    replicas: 1,
    volumes: [PodVolume.secret('/etc/mongo/tls', 'reviews-db-tls')],
  });
  caller.calls(mongo);
}

/** Kafka: clients begin at the Service, and are told of brokers by their own names, which the headless Service gives them. */
function events(data: ZeroTrustNamespace, producer: MeshedService, consumer: MeshedService): void {
  const hostOf = (pod: string) => `${pod}.kafka-peers.data.svc.cluster.local`;
  const script = [
    'export KAFKA_NODE_ID=${HOSTNAME##*-}',
    `export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://${hostOf('$HOSTNAME')}:9092`,
    'exec /etc/kafka/docker/run',
  ];
  const kafka = addStore(data, 'kafka', '/var/lib/kafka/data', {
    image: 'docker.io/apache/kafka:4.1.0',
    command: ['/bin/sh', '-c', script.join('\n')],
    ports: [MeshPort.tcp(9092), MeshPort.tcp(9093, { suffix: 'quorum' })],
    replicas: 3,
    env: {
      CLUSTER_ID: 'shop-kafka-0000000000w',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,QUORUM:PLAINTEXT',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,QUORUM://:9093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'QUORUM',
      KAFKA_CONTROLLER_QUORUM_VOTERS: [0, 1, 2].map((number) => `${number}@${hostOf(`kafka-${number}`)}:9093`).join(','),
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    },
    volumes: ['/opt/kafka/config', '/opt/kafka/logs'].map((path) => PodVolume.emptyDir(path)),
    parallelStart: true, // they have to find each other before they are ready
  });
  for (const client of [producer, consumer]) client.calls(kafka, { port: 9092 });
  kafka.calls(kafka);
}
