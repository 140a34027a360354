import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  DataPlane,
  EgressGateway,
  ExternalPort,
  ExternalService,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshedStatefulSet,
  MeshedWorker,
  MeshPort,
  ServiceIdentity,
  UnmeshedService,
  Waypoint,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import type { Request } from '../../lib/verdict/requests/request';

export const PLANES = [
  DataPlane.sidecar(),
  DataPlane.ambient(),
  DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
  DataPlane.ambient({ waypoint: Waypoint.NEVER }),
];
const CALLEES = ['web', 'database', 'bank', 'partner', 'legacy'] as const;
const CALLERS = ['shop', 'worker', 'monitor', 'outside', 'scraper', 'gateway'] as const;

export interface Plan {
  /** Of the callers, of the callees, and of what stands at the edge. */
  readonly planes: readonly number[];
  readonly calls: ReadonlyArray<{
    readonly caller: (typeof CALLERS)[number];
    readonly callee: (typeof CALLEES)[number];
    readonly byPath: boolean;
  }>;
  readonly translated: boolean;
}

export const plan: fc.Arbitrary<Plan> = fc.record({
  // An egress gateway is a waypoint in ambient mode: its namespace has one.
  planes: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(2)),
  translated: fc.boolean(),
  calls: fc.array(fc.record({ caller: fc.constantFrom(...CALLERS), callee: fc.constantFrom(...CALLEES), byPath: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  }),
});

/** What a program declares, and a request for each call that it lets in. */
export function build({ planes, calls, translated }: Plan): { chart: Chart; requests: Request[] } {
  const chart = new Chart(new App(), 'mesh');
  const [front, back, edge] = ['front', 'back', 'edge'].map(
    (name, index) => new ZeroTrustNamespace(chart, name, { dataPlane: PLANES[planes[index]] }),
  );
  const image = 'registry.example.com/app:1';
  const http = MeshPort.http(80, translated ? { targetPort: 8080 } : {});
  const shop = new MeshedService(front, 'shop', { image, ports: [http] });
  const worker = new MeshedWorker(front, 'worker', { image, liveness: WorkloadProbe.http('/alive', { port: 9999 }) });
  const web = new MeshedService(back, 'web', { image, ports: [http, MeshPort.tcp(9000)] });
  const database = new MeshedStatefulSet(back, 'database', { image, ports: [MeshPort.tcp(5432)] });
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
  const way = new EgressGateway(edge, 'out');
  const hosts = {
    bank: new ExternalService(edge, 'bank', { host: 'bank.example.com', port: ExternalPort.https(), through: way }),
    partner: new ExternalService(back, 'partner', { host: 'partner.example.com', port: ExternalPort.https() }),
    legacy: new UnmeshedService(back, 'legacy', { host: 'legacy.old.svc.cluster.local', ports: [MeshPort.tcp(7000)] }),
  };
  const bodies = { shop, worker };
  const identities = {
    monitor: ['elsewhere', 'monitor'],
    outside: ['elsewhere', 'outside'],
    scraper: ['monitoring', 'prometheus'],
  } as const;
  const requests = calls.flatMap(({ caller, callee, byPath }): Request[] => {
    const inMesh = callee === 'web' || callee === 'database';
    if (caller === 'gateway') {
      if (callee !== 'web') return [];
      if (!chart.node.tryFindChild('exposed')) {
        gateway.expose(web, { host: 'shop.example.com', port: 80 });
        new Chart(chart, 'exposed');
      }
      return [{ from: { gateway: 'edge/gateway' }, to: { host: 'shop.example.com', port: 443 }, path: '/' }];
    }
    // Proxies of one plane do not find the egress gateway of the other, which is an error of its own.
    if (callee === 'bank' && (planes[0] === 0) !== (planes[2] === 0)) return [];
    const target = { web, database, ...hosts }[callee];
    const port = { web: 80, database: 5432, bank: 443, partner: 443, legacy: 7000 }[callee];
    if (caller in identities) {
      if (!inMesh) return [];
      const [namespace, serviceAccount] = identities[caller as keyof typeof identities];
      (target as MeshedService).access.allow(ServiceIdentity.of(namespace, serviceAccount), { port, toPods: caller === 'scraper' });
      const pods = { podOf: callee === 'web' ? 'back/web-v1' : 'back/database', port: callee === 'web' && translated ? 8080 : port };
      return (['sidecar', 'ztunnel'] as const)
        .filter((proxy) => caller !== 'scraper' || proxy === 'ztunnel')
        .map((proxy) => ({
          from: { pod: { namespace, serviceAccount, proxy } },
          to: caller === 'scraper' ? pods : { host: `${callee}.back.svc.cluster.local`, port },
          path: '/',
        }));
    }
    const readsHttp = PLANES[planes[1]] === PLANES[0] || (PLANES[planes[1]] !== PLANES[3] && PLANES[planes[0]] !== PLANES[0]);
    const limited = byPath && callee === 'web' && readsHttp;
    bodies[caller as keyof typeof bodies].calls(target, limited ? { http: [HttpAccess.get('/a/*')] } : { port });
    const host = inMesh ? `${callee}.back.svc.cluster.local` : (target as ExternalService).host;
    return [{ from: { workload: `front/${caller}-v1` }, to: { host, port }, path: '/a/1' }];
  });
  return { chart, requests };
}
