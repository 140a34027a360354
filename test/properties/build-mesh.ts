import { App, Chart, Duration } from 'cdk8s';
import { CanaryRelease, DataPlane, HttpAccess, MeshedService, MeshPort, RetryCondition, ZeroTrustNamespace } from 'istio-constructs';
import { ACCESS, type AccessName, type MeshPlan, type ServicePlan } from './mesh-arbitrary';

export const HTTP_PORT = 80;
export const TCP_PORT = 9000;

export const podPortOf = (plan: ServicePlan): number => (plan.translated ? 8080 : HTTP_PORT);

/** What the plan says, as a user would write it. */
export function buildMesh(plan: MeshPlan): Chart {
  const chart = new Chart(new App(), 'mesh');
  const namespaces = plan.ambient.map(
    (ambient, index) => new ZeroTrustNamespace(chart, `n${index}`, { dataPlane: ambient ? DataPlane.ambient() : DataPlane.sidecar() }),
  );
  const services = plan.services.map((service, index) => buildService(namespaces[service.namespace], `s${index}`, service));
  for (const { from, to, deny, http } of plan.calls) {
    const options = { http: http && http.map(accessOf) };
    if (deny) services[to].access.deny(services[from], options);
    else services[from].calls(services[to], options);
  }
  return chart;
}

function buildService(namespace: ZeroTrustNamespace, name: string, plan: ServicePlan): MeshedService {
  const service = new MeshedService(namespace, name, {
    image: 'registry.example.com/app:1',
    ports: [MeshPort.http(HTTP_PORT, { targetPort: podPortOf(plan) }), ...(plan.tcp ? [MeshPort.tcp(TCP_PORT)] : [])],
    retries: plan.retries ? { attempts: 1, perTryTimeout: Duration.seconds(1), on: [RetryCondition.RESET] } : undefined,
  });
  if (plan.canary)
    new CanaryRelease(namespace, `${name}-v2`, { service, canary: { version: 'v2', image: 'registry.example.com/app:2' }, weight: 20 });
  return service;
}

function accessOf(name: AccessName): HttpAccess {
  const { methods, paths } = ACCESS[name];
  return HttpAccess.of({ methods: [...methods], paths: [...paths] });
}
