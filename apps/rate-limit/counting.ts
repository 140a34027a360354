// Who counts for all proxies: envoyproxy/ratelimit, whose rules stand in a ConfigMap, and a Redis that holds the counts.
import * as kplus from 'cdk8s-plus-28';
import { GlobalRateLimit, MeshedService, MeshPort, PodVolume, WorkloadProbe, type ZeroTrustNamespace } from 'istio-constructs';

const RULES = 'ratelimit-rules';

/** Nobody: these images name no user. */
const USER = 65534;

/** The service that proxies ask. Its own port for health and metrics is HTTP, and no proxy is let in there. */
export function addCounter(counting: ZeroTrustNamespace): MeshedService {
  const redis = new MeshedService(counting, 'redis', {
    image: 'docker.io/library/redis:7.4-alpine',
    ports: [MeshPort.tcp(6379)],
    // Counts live for an hour at most: one pod does, and nothing is written to disk.
    replicas: 1,
    user: USER,
    args: ['--save', '', '--appendonly', 'no'],
  });
  const counter = new MeshedService(counting, 'ratelimit', {
    image: 'docker.io/envoyproxy/ratelimit:30a4ce1a',
    ports: [MeshPort.grpc(8081), MeshPort.http(8080)],
    command: ['/bin/ratelimit'],
    user: USER,
    volumes: [PodVolume.configMap('/data/ratelimit/config', RULES)],
    env: {
      REDIS_SOCKET_TYPE: 'tcp',
      REDIS_URL: `${redis.host}:6379`,
      RUNTIME_ROOT: '/data',
      RUNTIME_SUBDIRECTORY: 'ratelimit',
      RUNTIME_WATCH_ROOT: 'false',
      RUNTIME_IGNOREDOTFILES: 'true',
      USE_STATSD: 'false',
    },
    readiness: WorkloadProbe.http('/healthcheck', { port: 8080 }),
  });
  counter.calls(redis);
  return counter;
}

/** What it has to know of the limits, written from them. */
export function addRules(counting: ZeroTrustNamespace, limits: GlobalRateLimit[]): void {
  new kplus.ConfigMap(counting, RULES, { metadata: { name: RULES }, data: { 'config.yaml': GlobalRateLimit.rules(limits) } });
}
