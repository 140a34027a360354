// N services, fifty a namespace. Each has a timeout, retries and a circuit breaker, and is called by its next three neighbours over HTTP.
import { Duration } from 'cdk8s';
import { DataPlane, HttpAccess, MeshedService, MeshPort, RetryCondition, ZeroTrustNamespace } from '../../dist/lib/index.js';

const PER_NAMESPACE = 50;
const CALLERS = 3;

/**
 * @param {import('cdk8s').Chart} chart
 * @param {number} count
 */
export function addServices(chart, count) {
  const dataPlane = process.env.BENCH_PLANE === 'ambient' ? DataPlane.ambient() : DataPlane.sidecar();
  const namespaces = numbers(Math.ceil(count / PER_NAMESPACE)).map(
    (index) => new ZeroTrustNamespace(chart, `space-${index}`, { dataPlane }),
  );
  const services = numbers(count).map((index) => addService(namespaces[Math.floor(index / PER_NAMESPACE)], index));

  services.forEach((service, index) => {
    for (let step = 1; step <= CALLERS; step++) {
      const caller = services[(index + step) % count];
      caller.calls(service, { http: [HttpAccess.get('/items/*'), HttpAccess.post(`/orders/${step}`)] });
    }
  });
}

function addService(namespace, index) {
  return new MeshedService(namespace, `service-${index}`, {
    image: `ghcr.io/acme/service-${index}:1.0.0`,
    ports: [MeshPort.http(8080)],
    timeout: Duration.seconds(10),
    retries: { attempts: 2, perTryTimeout: Duration.seconds(3), on: [RetryCondition.CONNECT_FAILURE, RetryCondition.RESET] },
    circuitBreaker: { maxConnections: 100, maxPendingRequests: 50, consecutiveGatewayErrors: 5, interval: Duration.seconds(10) },
  });
}

function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}
