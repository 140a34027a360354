import { ApiObject } from 'cdk8s';
import {
  Condition,
  DataPlane,
  ExternalAuthorizer,
  GatewayListener,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
} from 'istio-constructs';
import { findingCodes, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { decide } from '../../../lib/verdict/decide';
import { judged } from '../judged';
import { meshFrom, meshOf } from '../mesh-under-test';
import { call, enter, from } from '../requests';

const [SHOP, BANK] = ['shop.example.com', 'bank.example.com'];

/** Whom a gateway asks about each of two hosts: one whose requests it reads, and one whose TLS it hands on. */
async function askedAbout(plane: PlaneUnderTest, http: boolean, port: number): Promise<readonly (readonly string[])[]> {
  const one = shop(plane);
  const edge = new MeshNamespace(one.chart, 'edge', { dataPlane: plane.dataPlane });
  const listeners = [GatewayListener.tlsPassthrough({ hosts: [BANK], port })];
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', listeners });
  const vault = new MeshedService(one.shop, 'vault', { image: 'registry.example.com/vault:1', ports: [MeshPort.https(8200)] });
  const login = service(edge, 'login', { ports: [http ? MeshPort.http(4180) : MeshPort.grpc(4180)] });
  gateway.expose(one.cart, { host: SHOP });
  gateway.expose(vault, { host: BANK });
  gateway.askFirst(ExternalAuthorizer.of('login', { service: login, port: 4180 }), { hosts: [SHOP] });
  expect(findingCodes(one.chart).includes('MESH261')).toBe(port === 443);
  const authorizers = [{ name: 'login', service: 'login.edge.svc.cluster.local', port: 4180, http }];
  const mesh = meshFrom(meshOf(one.chart).manifests, { authorizers });
  const answers = await mesh.answers([enter(`https://${SHOP}/`), enter(`https://${BANK}:${port}/`)]);
  expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
  return answers.map(({ asks }) => asks!.map(({ provider }) => provider));
}

describe('MESH261: bytes on the port of requests that somebody is asked about', () => {
  forEachPlane((plane) => {
    it('are asked about too by gRPC, each connection of them', async () => {
      expect(await askedAbout(plane, false, 443)).toEqual([['login'], ['login']]);
    });

    it('are not asked about by HTTP', async () => {
      expect(await askedAbout(plane, true, 443)).toEqual([['login'], []]);
    });

    it('are not asked about on a port of their own', async () => {
      expect(await askedAbout(plane, false, 8443)).toEqual([['login'], []]);
    });
  });
});

describe('MESH262: what a route changes before a sidecar compares it', () => {
  interface Route {
    readonly kind: string;
    readonly spec: { http?: { headers?: object; rewrite?: object }[] };
  }

  /** A grant of some requests, and a hand in the route of the callee: synth would have stopped a program that says both. */
  async function arrivals(
    dataPlane: DataPlane,
    grant: object,
    change: object | undefined,
    requests: readonly object[],
  ): Promise<boolean[]> {
    const { chart, cart, product } = shop({ dataPlane }, { timeout: undefined });
    product.calls(cart, grant);
    const written = JSON.parse(JSON.stringify(meshOf(chart).manifests)) as Route[];
    const own = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'hand', namespace: 'shop' } };
    const route = [{ destination: { host: cart.host, port: { number: 8080 } } }];
    const hand = change && { ...own, spec: { hosts: [cart.host], http: [{ route, ...change }] } };
    const mesh = meshFrom([...written.filter(({ kind }) => kind !== 'VirtualService' && kind !== 'HTTPRoute'), ...(hand ? [hand] : [])]);
    const asked = requests.map((line) => call(product, cart, line));
    const answers = (await mesh.answers(asked)).map(({ allowed }) => allowed);
    expect(asked.map((request) => decide(mesh.cluster, request).allowed)).toEqual(answers);
    return answers;
  }

  const BY_HEADER = { conditions: [Condition.header('x-tenant', 'acme')] };
  const SENT = [{ headers: { 'x-tenant': 'acme' } }, { headers: { 'x-tenant': 'other' } }, {}];
  const set = { headers: { request: { set: { 'x-tenant': 'acme' } } } };
  const taken = { headers: { request: { remove: ['x-tenant'] } } };

  it('lets in by a header that it sets whoever may call at all, and nobody by one that it takes away', async () => {
    expect(await arrivals(DataPlane.sidecar(), BY_HEADER, undefined, SENT)).toEqual([true, false, false]);
    expect(await arrivals(DataPlane.sidecar(), BY_HEADER, set, SENT)).toEqual([true, true, true]);
    expect(await arrivals(DataPlane.sidecar(), BY_HEADER, taken, SENT)).toEqual([false, false, false]);
  });

  it('counts for nothing at a waypoint, which looks before it routes', async () => {
    for (const change of [undefined, set, taken]) {
      expect(await arrivals(DataPlane.ambient(), BY_HEADER, change, SENT)).toEqual([true, false, false]);
    }
  });

  it('lets in nobody by a host in place of which it writes another', async () => {
    const byHost = { http: [HttpAccess.of({ hosts: ['cart.shop.svc.cluster.local'] })] };
    const rewritten = { rewrite: { authority: 'other.example.com' } };
    expect(await arrivals(DataPlane.sidecar(), byHost, undefined, [{}])).toEqual([true]);
    expect(await arrivals(DataPlane.sidecar(), byHost, rewritten, [{}])).toEqual([false]);
    expect(await arrivals(DataPlane.ambient(), byHost, rewritten, [{}])).toEqual([true]);
  });
});

describe('MESH290: an account whose name has a dot', () => {
  // What a version before 1.30 makes of it is not in this one: test/conformance/envoy/rbac_test.go has the words that it wrote, and who is let in by them.
  forEachPlane((plane) => {
    it('is no other one in this version of Istio, of which the verdict says the same', async () => {
      const { chart, shop: namespace } = shop(plane);
      const open = service(new MeshNamespace(namespace.node.scope!, 'open', { dataPlane: plane.dataPlane }), 'product');
      new ApiObject(chart, 'by-hand', {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'by-hand', namespace: 'open' },
        spec: {
          action: 'ALLOW',
          selector: { matchLabels: { app: 'product' } },
          rules: [{ from: [{ source: { serviceAccounts: ['billing/report.v1'] } }] }],
        },
      });
      expect(findingCodes(chart)).toContain('MESH290');
      const mesh = await judged(chart);
      const proxy = plane.of<'sidecar' | 'ztunnel'>({ sidecar: 'sidecar', ambient: 'ztunnel' });
      const asked = ['report.v1', 'report-v1', 'reportxv1'].map((serviceAccount) =>
        from({ identity: { namespace: 'billing', serviceAccount, proxy } }, open),
      );
      expect((await mesh.answers(asked)).map(({ allowed }) => allowed)).toEqual([true, false, false]);
      expect(asked.map((request) => decide(mesh.cluster, request).allowed)).toEqual([true, false, false]);
    });
  });
});
