import {
  ExternalAuthorizer,
  GatewayCertificate,
  GatewayListener,
  HttpAccess,
  IngressGateway,
  IstioGatewayPods,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { edgeGateway, grant, manifest, manifests, newChart, principal, rule, service, shop, type Shop, spec, tcp } from '../../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const host = 'shop.example.com';

interface Guarded extends Shop {
  readonly gateway: IngressGateway;
  readonly login: MeshedService;
  readonly authorizer: ExternalAuthorizer;
}

function guarded(plane: PlaneUnderTest): Guarded {
  const one = shop(plane);
  const gateway = edgeGateway(one.chart, plane.dataPlane);
  gateway.expose(one.cart, { host });
  const login = service(one.payments, 'login', { ports: [MeshPort.http(4180)] });
  return { ...one, gateway, login, authorizer: ExternalAuthorizer.of('login', { service: login }) };
}

describe('gateway.askFirst', () => {
  forEachPlane((plane) => {
    it('asks by a policy at the gateway, about the hosts that are meant', () => {
      const { chart, gateway, authorizer } = guarded(plane);
      gateway.askFirst(authorizer, { hosts: [host] });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-ask', 'edge')).toEqual({
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
        action: 'CUSTOM',
        provider: { name: 'login' },
        rules: [{ to: [{ operation: { hosts: [host, `${host}:*`], ports: ['443'] } }] }],
      });
    });

    it('lets the gateway in at the authorizer, and leaves what is exposed as it was', () => {
      const { chart, gateway, authorizer } = guarded(plane);
      gateway.askFirst(authorizer);
      const gatewayIn = principal('edge', 'gateway-istio');
      expect(grant(chart, 'login').rules).toEqual([rule(gatewayIn, { ports: ['4180'] })]);
      expect(grant(chart, 'cart').rules).toEqual([rule(gatewayIn, { ports: ['8080'] })]);
      expect(MeshReport.of(chart).findings).toEqual([]);
    });

    it('opens its way out of a closed namespace in the network as well', () => {
      const { chart, login } = guarded(plane);
      const closed = new ZeroTrustNamespace(chart, 'border', { dataPlane: plane.dataPlane });
      const gateway = new IngressGateway(closed, 'door', { tlsSecret: 'cert' });
      gateway.askFirst(ExternalAuthorizer.of('login', { service: login }));
      const { egress } = spec(chart, 'NetworkPolicy', 'door', 'border') as { readonly egress: object[] };
      const port = plane.of({ sidecar: tcp(4180), ambient: tcp(15008) });
      expect(egress).toContainEqual(expect.objectContaining({ ports: Array.isArray(port) ? port : [port] }));
    });

    it('asks at pods that somebody else installed, in their namespace', () => {
      const { chart, authorizer } = guarded(plane);
      new MeshNamespace(chart, 'ingress', { dataPlane: plane.dataPlane });
      const istioPods = IstioGatewayPods.of({
        podLabels: { istio: 'door' },
        serviceAccountName: 'door',
        namespaceName: 'ingress',
        targetPorts: { '443': 8443 },
      });
      const edge = new MeshNamespace(chart, 'outer', { dataPlane: plane.dataPlane });
      new IngressGateway(edge, 'front', { tlsSecret: 'cert', istioPods }).askFirst(authorizer);
      expect(spec(chart, 'AuthorizationPolicy', 'front-ask', 'ingress')).toMatchObject({
        selector: { matchLabels: { istio: 'door' } },
        rules: [{ to: [{ operation: { ports: ['8443'] } }] }],
      });
    });

    it('says so in the page of access, and in mesh.json', () => {
      const { chart, gateway, authorizer } = guarded(plane);
      gateway.askFirst(authorizer, { hosts: [host], http: [HttpAccess.anyMethod('/admin')] });
      expect(MeshReport.of(chart).accessPage()).toContain(
        `| edge/gateway | asks login | ${host} | \`any method /admin\` | test/edge/gateway (test/constructs/edge/checks/ask-first.test.ts) |`,
      );
    });

    it('has several asked by name, and marks for the log beside', () => {
      const { chart, gateway, login, authorizer } = guarded(plane);
      gateway.askFirst(authorizer);
      gateway.askFirst(ExternalAuthorizer.of('opa', { service: login, besideOthers: true }), { hosts: [host] });
      gateway.audit({ http: [HttpAccess.post()] });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-ask')).toMatchObject({ provider: { name: 'login' } });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-ask-opa')).toMatchObject({ provider: { name: 'opa' } });
      expect(spec(chart, 'AuthorizationPolicy', 'gateway-audit')).toEqual({
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
        action: 'AUDIT',
        rules: [{ to: [{ operation: { methods: ['POST'], ports: ['443'] } }] }],
      });
    });

    it('is not there where nobody asks', () => {
      const { chart } = guarded(plane);
      expect(manifests(chart).filter(({ metadata }) => metadata.name === 'gateway-ask')).toEqual([]);
    });

    it('asks on the ports of hosts that it hands over too, and on no port that it reads no requests of', () => {
      const { chart, gateway, authorizer, shop: tenant } = guarded(plane);
      gateway.askFirst(authorizer);
      const listeners = [
        GatewayListener.https({ hosts: ['a.example.com'], port: 8443, certificate: GatewayCertificate.secret('a') }),
        GatewayListener.tcp(9000),
      ];
      gateway.delegateHosts(tenant, { listeners });
      expect(manifest(chart, 'AuthorizationPolicy', 'gateway-ask').spec).toMatchObject({
        rules: [{ to: [{ operation: { ports: ['443', '8443'] } }] }],
      });
    });

    it('fails words that no check has', () => {
      const { gateway, authorizer } = guarded(plane);
      const path = 'test/edge/gateway';
      const template = { http: [HttpAccess.anyMethod('/a/{*}/b')] };
      expectRefusal(() => gateway.askFirst(authorizer, template), { code: 'MESH863', path, fix: 'begin with', got: '/a/{*}/b' });
      const hosts = { http: [HttpAccess.of({ hosts: ['a.example.com'] })] };
      expectRefusal(() => gateway.askFirst(authorizer, hosts), {
        code: 'MESH863',
        path,
        fix: 'hosts beside http',
        got: 'hosts a.example.com of HttpAccess',
      });
    });

    it('fails a second authorizer of another gateway on the same pods of Istio', () => {
      const { gateway, authorizer, login } = guarded(plane);
      const edge = gateway.node.scope as MeshNamespace;
      const doorOn = (id: string, app: string): IngressGateway => {
        const istioPods = IstioGatewayPods.of({ podLabels: { istio: app }, serviceAccountName: app });
        return new IngressGateway(edge, id, { tlsSecret: 'cert', istioPods });
      };
      const opa = ExternalAuthorizer.of('opa', { service: login });
      doorOn('one', 'door').askFirst(authorizer);
      expect(() => doorOn('elsewhere', 'other').askFirst(opa)).not.toThrow();
      expect(() => doorOn('two', 'door').askFirst(opa)).toThrow(/MESH846/);
    });

    it('fails what would check nothing, and a second authorizer', () => {
      const { gateway, authorizer, login } = guarded(plane);
      const path = 'test/edge/gateway';
      expectRefusal(() => gateway.askFirst(authorizer, { hosts: [] }), { code: 'MESH843', path, fix: 'leave hosts out', got: 'hosts: []' });
      expectRefusal(() => gateway.askFirst(authorizer, { http: [] }), { code: 'MESH843', path, fix: 'leave http out', got: 'http: []' });
      expectRefusal(() => gateway.askFirst(authorizer, { hosts: ['*.example.com'] }), { code: 'MESH845', path, fix: 'leave hosts out' });
      gateway.askFirst(authorizer);
      expectRefusal(() => gateway.askFirst(ExternalAuthorizer.of('opa', { service: login })), {
        code: 'MESH846',
        path,
        fix: 'behind one provider',
        got: 'login and opa',
      });
    });
  });

  forEachPlane((plane) => {
    it('fails at a gateway that reads no requests', () => {
      const chart = newChart();
      const edge = new MeshNamespace(chart, 'edge', { dataPlane: plane.dataPlane });
      const gateway = new IngressGateway(edge, 'bytes', { listeners: [GatewayListener.tcp(9000), GatewayListener.redirectToHttps()] });
      const login = service(edge, 'login');
      expectRefusal(() => gateway.askFirst(ExternalAuthorizer.of('login', { service: login })), {
        code: 'MESH844',
        path: 'test/edge/bytes',
        fix: 'set tlsSecret',
      });
    });
  });
});
