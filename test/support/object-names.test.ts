import {
  DataPlane,
  DnsPeer,
  ExternalPort,
  ExternalService,
  Infrastructure,
  IngressGateway,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ServiceIdentity,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, external, newChart, service } from '../builders';
import { expectRefusal } from './refusal';

const dataPlane = DataPlane.sidecar();
const LONG = 'a'.repeat(64);
const MESH001 = { code: 'MESH001', fix: 'choose a' };

describe('names of objects', () => {
  it.each(['shop', 'a', 'shop-2', '1shop', 'a'.repeat(63)])('takes %p', (name) => {
    expect(new MeshNamespace(newChart(), 'ns', { name, dataPlane }).namespaceName).toBe(name);
  });

  it.each(['', 'Shop', '-shop', 'shop-', 'my_shop', 'my.shop', LONG])('fails for a namespace called %p', (name) => {
    const refusal = { ...MESH001, path: 'test/ns', got: name };
    expectRefusal(() => new MeshNamespace(newChart(), 'ns', { name, dataPlane }), refusal);
    expectRefusal(() => new ZeroTrustNamespace(newChart(), 'ns', { name, dataPlane }), refusal);
    expectRefusal(() => MeshNamespace.fromName(newChart(), 'ns', { name, dataPlane }), refusal);
  });

  it('fails for a service, a version or both together that no label can hold', () => {
    const chart = newChart();
    const [image, ports] = ['registry.example.com/cart:1', [MeshPort.http(8080)]];
    expectRefusal(() => new MeshedService(chart, 'Cart', { image, ports }), { ...MESH001, path: 'test/Cart', got: 'Cart' });
    expectRefusal(() => new MeshedService(chart, 'a', { image, ports, version: '2.0' }), { ...MESH001, path: 'test/a', got: "'2.0'" });
    const name = 'a'.repeat(61);
    expectRefusal(() => new MeshedService(chart, 'b', { image, ports, name }), { ...MESH001, path: 'test/b', got: `${name}-v1 (64` });
  });

  it('fails for names of what this program does not own', () => {
    const attributes = { namespaceName: 'legacy', ports: [MeshPort.http(80)], dataPlane };
    const chart = newChart();
    const imported = (id: string, more: object) => () => MeshedService.fromAttributes(chart, id, { ...attributes, ...more });
    expectRefusal(imported('a', { name: 'My' }), { ...MESH001, path: 'test/a' });
    expectRefusal(imported('b', { namespaceName: 'My' }), { ...MESH001, path: 'test/b' });
    expectRefusal(imported('c', { serviceAccountName: 'My' }), { ...MESH001, path: 'test/c' });
    expectRefusal(() => ServiceIdentity.of('Legacy', 'web'), { ...MESH001, path: 'ServiceIdentity', got: 'Legacy' });
    expectRefusal(() => ServiceIdentity.of('legacy', 'we*b'), { ...MESH001, path: 'ServiceIdentity', got: 'we*b' });
  });

  it('fails for names of the infrastructure', () => {
    const podLabels = { app: 'dns' };
    expectRefusal(() => DnsPeer.of({ namespaceName: 'My', podLabels }), { ...MESH001, path: 'DnsPeer', got: 'My' });
    expectRefusal(() => Infrastructure.of({ monitoringNamespace: 'My' }), { ...MESH001, path: 'Infrastructure', got: 'My' });
    expectRefusal(() => Infrastructure.of({ controlPlaneNamespace: 'My' }), { ...MESH001, path: 'Infrastructure', got: 'My' });
    expectRefusal(() => new Mesh(newChart(), 'mesh', { rootNamespace: 'My' }), { ...MESH001, path: 'test/mesh', got: 'My' });
  });

  it('fails for names of gateways, routes and external services', () => {
    const chart = newChart();
    const gateway = edgeGateway(chart, dataPlane);
    const cart = service(new MeshNamespace(chart, 'shop', { dataPlane }), 'cart');
    const options = { host: 'shop.example.com', routeName: 'My' };
    expectRefusal(() => gateway.expose(cart, options), { ...MESH001, path: 'test/edge/gateway', got: 'My' });
    expect(() => external(chart, 'My')).toThrow('MESH001 at test/My: a name of a ServiceEntry');
    expect(() => canary(cart, { canary: { version: 'V2', image: 'x' } })).toThrow('MESH001 at test/shop/cart-release: a version');
  });

  // `none` is the word that takes a Service away from its waypoint.
  it.each([
    ['', { code: 'MESH001', fix: 'another waypoint name' }],
    ['My waypoint', { code: 'MESH001', fix: 'another waypoint name' }],
    ['none', { code: 'MESH033', fix: 'leave waypoint out' }],
  ])('fails for a waypoint called %p', (waypoint, refusal) => {
    const attributes = { dataPlane: DataPlane.ambient(), waypoint };
    const service = { ...attributes, namespaceName: 'billing', ports: [MeshPort.http(80)] };
    const refused = { ...refusal, path: 'test/a', got: waypoint };
    expectRefusal(() => MeshNamespace.fromName(newChart(), 'a', { ...attributes, name: 'shop' }), refused);
    expectRefusal(() => MeshedService.fromAttributes(newChart(), 'a', service), refused);
  });

  it('may have dots where they are Secrets and hosts', () => {
    const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane, host: '1.invoice.example' };
    expect(MeshedService.fromAttributes(newChart(), 'a', attributes).host).toBe('1.invoice.example');
    expect(() => new IngressGateway(newChart(), 'gateway', { tlsSecret: 'shop.example.com' })).not.toThrow();
  });

  it.each(['', 'My secret', 'cert.', '.cert', 'a..b', '-a'])('fails for a Secret called %p', (tlsSecret) => {
    const refusal = { code: 'MESH032', path: 'test/gateway', fix: 'alone', got: tlsSecret };
    expectRefusal(() => new IngressGateway(newChart(), 'gateway', { tlsSecret }), refusal);
  });

  it.each(['', 'Invoice.example', 'invoice example', 'https://invoice', 'invoice/a', 'invoice:80', '*.example'])(
    'fails for %p as the host of a service of others',
    (host) => {
      const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane, host };
      const refusal = { code: 'MESH032', path: 'test/invoice', fix: 'alone', got: host };
      expectRefusal(() => MeshedService.fromAttributes(newChart(), 'invoice', attributes), refusal);
    },
  );

  const [long, longer] = ['a'.repeat(64), 'a.'.repeat(127)];

  it('may be long where they are Secrets or trust domains, whose parts have no bound of their own', () => {
    const tlsSecret = 'a'.repeat(253);
    expect(() => new IngressGateway(newChart(), 'gateway', { tlsSecret })).not.toThrow();
    expect(() => new Mesh(newChart(), 'mesh', { trustDomain: long })).not.toThrow();
    const refusal = { code: 'MESH074', path: 'test/gateway', fix: 'shorter', got: `${tlsSecret}a (254 characters)` };
    expectRefusal(() => new IngressGateway(newChart(), 'gateway', { tlsSecret: `${tlsSecret}a` }), refusal);
  });

  it.each([`${long}.example.com`, `${longer}example.com`])('fails for the host %p, which is longer than DNS takes', (host) => {
    const chart = newChart();
    const gateway = edgeGateway(chart, dataPlane);
    const cart = service(new MeshNamespace(chart, 'shop', { dataPlane }), 'cart');
    const refusal = { code: 'MESH074', fix: 'shorter', got: `${host} (${host.length} characters)` };
    expectRefusal(() => gateway.expose(cart, { host }), { ...refusal, path: 'test/edge/gateway' });
    expectRefusal(() => gateway.expose(cart, { host: `*.${host}` }), { ...refusal, path: 'test/edge/gateway', got: `*.${host}` });
    const api = () => new ExternalService(chart, 'api', { host, port: ExternalPort.https() });
    expectRefusal(api, { ...refusal, path: 'test/api' });
    const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane, host };
    expectRefusal(() => MeshedService.fromAttributes(chart, 'invoice', attributes), { ...refusal, path: 'test/invoice' });
    expectRefusal(() => new Mesh(newChart(), 'mesh', { clusterDomain: host }), { ...refusal, path: 'test/mesh' });
  });
});
