import { Chart } from 'cdk8s';
import {
  DataPlane,
  ExternalPort,
  ExternalService,
  Findings,
  HttpAccess,
  IngressGateway,
  type MeshedService,
  MeshNamespace,
  MeshPort,
  ServiceIdentity,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { RULES } from '../../lib/rules';
import { canary, newChart, service } from '../builders';
import type { NamespacePlan, PlaneName, ProgramPlan, ServicePlan, Statement } from './statement-plan';

const PLANES: Readonly<Record<PlaneName, DataPlane>> = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

const REQUESTS = {
  all: undefined,
  read: [HttpAccess.get('/a/*')],
  send: [HttpAccess.post('/b')],
  both: [HttpAccess.post('/b'), HttpAccess.get('/a/*')],
};

interface Program {
  readonly services: readonly MeshedService[];
  readonly externals: readonly ExternalService[];
  readonly unmeshed: readonly UnmeshedService[];
  readonly gateway: IngressGateway;
}

/** A program as a user would write it: what there is first, then the statements in the order that is given; `read` looks at it after each. */
export function declareProgram(
  plan: ProgramPlan,
  statements: readonly Statement[],
  read: (chart: Chart) => unknown = () => undefined,
): Chart {
  const chart = newChart();
  acknowledgeAll(chart);
  const namespaces = plan.namespaces.map((namespace, index) => declareNamespace(chart, `n${index}`, namespace));
  const program: Program = {
    services: plan.services.map((each, index) => declareService(namespaces[each.namespace], `s${index}`, each)),
    externals: namespaces.map(
      (scope, index) => new ExternalService(scope, `x${index}`, { host: `x${index}.example.com`, port: ExternalPort.https() }),
    ),
    unmeshed: namespaces.map(
      (scope, index) => new UnmeshedService(scope, `u${index}`, { host: `u${index}.db.svc.cluster.local`, ports: [MeshPort.tcp(5432)] }),
    ),
    gateway: new IngressGateway(declareNamespace(chart, 'edge', plan.edge), 'gateway', { tlsSecret: 'cert' }),
  };
  statements.forEach((statement) => {
    declare(program, statement);
    read(chart);
  });
  return chart;
}

// What rules warn of is not the question here.
function acknowledgeAll(chart: Chart): void {
  for (const { code, level } of RULES) if (level !== 'error') Findings.of(chart).acknowledge(code, 'random program');
}

function declareNamespace(chart: Chart, id: string, { plane, closed }: NamespacePlan): MeshNamespace | ZeroTrustNamespace {
  const props = { dataPlane: PLANES[plane] };
  return closed ? new ZeroTrustNamespace(chart, id, props) : new MeshNamespace(chart, id, props);
}

function declareService(scope: MeshNamespace | ZeroTrustNamespace, id: string, plan: ServicePlan): MeshedService {
  return service(scope, id, {
    ports: [MeshPort.http(80, { targetPort: 8080 }), ...(plan.tcp ? [MeshPort.tcp(9000)] : [])],
    retries: plan.retries ? { attempts: 1 } : undefined,
    circuitBreaker: plan.circuitBreaker ? { maxConnections: 9 } : undefined,
  });
}

function declare({ services, externals, unmeshed, gateway }: Program, each: Statement): void {
  switch (each.kind) {
    case 'calls':
      return services[each.from].calls(services[each.to], optionsOf(each));
    case 'allow':
      return services[each.to].access.allow(services[each.from], optionsOf(each));
    case 'deny':
      return services[each.to].access.deny(services[each.from], optionsOf(each));
    case 'allowAnyone':
      return services[each.to].access.allowAnyone('for all', { http: REQUESTS[each.requests] });
    case 'denyAnyone':
      return services[each.to].access.denyAnyone({ http: REQUESTS[each.requests] });
    case 'identity':
      return services[each.to].access.allow(identityOf(each.account, each.plane), { http: REQUESTS[each.requests] });
    case 'external':
      return services[each.from].calls(externals[each.namespace]);
    case 'unmeshed':
      return services[each.from].calls(unmeshed[each.namespace]);
    case 'expose':
      return gateway.expose(services[each.to], { host: `r${each.route}.example.com`, pathPrefix: each.path, routeName: `r${each.route}` });
    case 'release':
      canary(services[each.of], { weight: each.weight });
  }
}

function optionsOf({ requests, tcp }: { readonly requests: keyof typeof REQUESTS; readonly tcp: boolean }) {
  return { http: REQUESTS[requests], port: tcp ? 9000 : undefined };
}

function identityOf(account: string, plane: PlaneName | undefined): ServiceIdentity {
  return ServiceIdentity.of('legacy', account, { dataPlane: plane && PLANES[plane] });
}
