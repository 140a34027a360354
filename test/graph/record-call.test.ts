import { type CallOptions, DataPlane, Deferred, HttpAccess, MeshedService, MeshPort } from 'istio-constructs';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { recordCall } from '../../lib/graph/record-call';
import type { CallStatement } from '../../lib/model/call';
import { external, shop } from '../builders';
import { expectRefusal } from '../support/refusal';

const plane = { dataPlane: DataPlane.sidecar() };
const GET = [HttpAccess.get('/a')];

function recorded(options?: CallOptions): CallStatement {
  const { chart, cart, product } = shop(plane, { ports: [MeshPort.http(80), MeshPort.grpc(90), MeshPort.tcp(9000)] });
  recordCall(product, { caller: product, callee: cart, action: 'ALLOW', options });
  return MeshGraph.of(chart).calls[0];
}

const portsOf = (options?: CallOptions) => recorded(options).ports.map(({ number }) => number);

describe('a call that is said', () => {
  it('is of all ports, or of the one that is named', () => {
    expect([portsOf(), portsOf({ port: 9000 })]).toEqual([[80, 90, 9000], [9000]]);
  });

  it('is of the ports that speak HTTP where it names requests, but for a port that is named', () => {
    expect([portsOf({ http: GET }), portsOf({ http: GET, port: 9000 })]).toEqual([[80, 90], [9000]]);
    expect(recorded({ http: GET }).http).toEqual([{ methods: ['GET'], paths: ['/a'] }]);
  });

  it('keeps the port that the callee does not have, for a rule to tell', () => {
    expect(recorded({ port: 9999 })).toMatchObject({ ports: [], unknownPort: 9999 });
    expect(recorded({ port: 80 }).unknownPort).toBeUndefined();
  });

  it('names who said it, and on which line', () => {
    const { path, site, action } = recorded();
    expect([path, action]).toEqual(['test/shop/product', 'ALLOW']);
    expect(site!.line).toContain('record-call.test.ts');
  });

  it('fails for a list of no requests', () => {
    expectRefusal(() => recorded({ http: [] }), { code: 'MESH010', path: 'test/shop/product', fix: 'leave `http` out', got: 'http: []' });
  });

  it('fails for a port that is known only later', () => {
    expect(() => recorded({ port: Deferred.number(1) })).toThrow('MESH037');
  });

  it('says that its caller connects to pods, with requests where the pods hold proxies', () => {
    expect(recorded({ toPods: true, http: GET })).toMatchObject({ toPods: true, http: [{ methods: ['GET'] }] });
    expect(recorded().toPods).toBeUndefined();
  });

  it('fails for requests of a caller that connects to pods in ambient mode', () => {
    const { cart, product } = shop({ dataPlane: DataPlane.ambient() });
    const act = () => product.calls(cart, { toPods: true, http: GET });
    expectRefusal(act, { code: 'MESH082', path: 'test/shop/product', fix: 'name the port', got: 'http together with toPods' });
    const attributes = { namespaceName: 'search', ports: [MeshPort.http(8080)], dataPlane: DataPlane.ambient() };
    const imported = MeshedService.fromAttributes(product, 'search', attributes);
    expect(() => product.calls(imported, { toPods: true, http: GET })).toThrow('MESH082');
    expect(() => product.calls(imported, { toPods: true })).not.toThrow();
  });

  it('fails where there are no pods in the mesh to connect to, and in a refusal', () => {
    const { shop: namespace, cart, product } = shop(plane);
    const refusal = { code: 'MESH083', fix: 'leave toPods out' };
    const api = external(namespace, 'api');
    expectRefusal(() => cart.calls(api, { toPods: true }), {
      ...refusal,
      path: 'test/shop/cart',
      got: 'toPods in a call to api, which is outside the mesh',
    });
    const asked: CallOptions = { toPods: true };
    expectRefusal(() => cart.access.deny(product, asked), { ...refusal, path: 'test/shop/cart', got: 'toPods in a refusal' });
  });

  it.each(['caller', 'callee'] as const)('fails for a %s of another App', (end) => {
    const [{ cart, product }, other] = [shop(plane), shop(plane)];
    const ends = { caller: cart, callee: product, [end]: other.payment };
    const act = () => recordCall(cart, { ...ends, action: 'ALLOW' });
    expectRefusal(act, { code: 'MESH012', path: 'test/shop/cart', fix: 'fromAttributes', got: 'test/payments/payment of another App' });
  });
});
