import { ApiObject, Duration } from 'cdk8s';
import {
  CanaryRelease,
  DataPlane,
  ExternalPort,
  ExternalService,
  Infrastructure,
  MeshedService,
  MeshPort,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { newChart, service, shop, spec } from '../builders';
import { expectRefusal } from '../support/refusal';

const sidecar = { dataPlane: DataPlane.sidecar() };
const ambient = { dataPlane: DataPlane.ambient() };

describe('a service without an HTTP port', () => {
  it.each([{ timeout: Duration.seconds(1) }, { retries: { attempts: 1 } }])('fails with %p, which is about requests', (props) => {
    const { shop: namespace } = shop(sidecar);
    const act = () => new MeshedService(namespace, 'db', { image: 'db', ports: [MeshPort.tcp(5432)], ...props });
    expectRefusal(act, { code: 'MESH035', path: 'test/shop/db', fix: 'MeshPort.http' });
  });
});

describe('a workload made elsewhere', () => {
  it('keeps two protocols on one port apart: only the TCP port gets the name', () => {
    const { chart, shop: namespace } = shop(sidecar);
    const ports = [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }];
    const template = { metadata: { labels: {} }, spec: { containers: [{ name: 'dns', image: 'dns', ports }] } };
    const metadata = { name: 'dns', namespace: 'shop' };
    const workload = new ApiObject(chart, 'dns', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    MeshedService.fromWorkload(namespace, 'dns', workload, { ports: [MeshPort.tcp(53)] });
    const expected = [
      { containerPort: 53, name: 'tcp' },
      { containerPort: 53, protocol: 'UDP' },
    ];
    expect(spec(chart, 'Deployment', 'dns')).toMatchObject({ template: { spec: { containers: [{ ports: expected }] } } });
  });
});

describe('infrastructure', () => {
  const infrastructure = Infrastructure.of({ apiServerCidr: '10.0.0.1/32', probePorts: [9100] });

  it('lets workloads in sidecar mode reach the API server by name as well', () => {
    const chart = newChart();
    service(new ZeroTrustNamespace(chart, 'shop', { ...sidecar, infrastructure }), 'cart');
    expect(spec(chart, 'Sidecar', 'cart')).toMatchObject({ egress: [{ hosts: ['default/kubernetes.default.svc.cluster.local'] }] });
  });

  it('lets kubelet probes of other containers in, in ambient mode', () => {
    const chart = newChart();
    service(new ZeroTrustNamespace(chart, 'shop', { ...ambient, infrastructure }), 'cart');
    const ports = [8080, 9100].map((port) => ({ protocol: 'TCP', port }));
    expect(spec(chart, 'NetworkPolicy', 'infrastructure')).toMatchObject({ ingress: [{ ports }] });
  });
});

describe('an external host', () => {
  it('is declared once with all its ports', () => {
    const { chart, payments } = shop(sidecar);
    new ExternalService(payments, 'cards', { host: 'api.example.com', port: ExternalPort.https(), morePorts: [ExternalPort.https(8443)] });
    const ports = [
      { number: 443, name: 'tls', protocol: 'TLS' },
      { number: 8443, name: 'tls-8443', protocol: 'TLS' },
    ];
    expect(spec(chart, 'ServiceEntry', 'cards')).toMatchObject({ ports });
  });

  it('fails with one port twice', () => {
    const { payments } = shop(sidecar);
    const props = { host: 'api.example.com', port: ExternalPort.https(), morePorts: [ExternalPort.https()] };
    expectRefusal(() => new ExternalService(payments, 'cards', props), { code: 'MESH052', path: 'test/payments/cards', fix: 'drop one' });
  });
});

describe('matches that the API server would refuse', () => {
  it.each(['/a//b', '/a/../b', '/ü', '/x{y}'])('fail for the path %p', (path) => {
    expectRefusal(() => RequestMatch.path(path), { code: 'MESH006', path: 'RequestMatch', fix: 'plain path' });
  });

  it('fail without a value', () => {
    expectRefusal(() => RequestMatch.header('x-canary', ''), { code: 'MESH039', path: 'RequestMatch', fix: 'give the value' });
    expectRefusal(() => RequestMatch.queryParam('q', ''), { code: 'MESH039', path: 'RequestMatch', fix: 'give the value' });
  });

  it('fail when there are more than one route can have', () => {
    const match = Array.from({ length: 65 }, (_, index) => RequestMatch.header('x-user', String(index)));
    const { cart, shop: namespace } = shop(sidecar);
    const act = () =>
      new CanaryRelease(namespace, 'release', { service: cart, canary: { version: 'v2', image: 'cart:2' }, weight: 1, match });
    expectRefusal(act, { code: 'MESH057', path: 'test/shop/release', fix: 'share', got: '65' });
  });
});

describe('names', () => {
  it('of namespaces may begin with a digit, as in Kubernetes', () => {
    expect(new ZeroTrustNamespace(newChart(), '3scale', sidecar).namespaceName).toBe('3scale');
  });
});
