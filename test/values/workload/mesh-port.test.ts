import { MeshNamespace, MeshPort, type MeshPortOptions } from 'istio-constructs';
import { newChart, service, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

type Make = (port: number, options?: MeshPortOptions) => MeshPort;

const PROTOCOLS: ReadonlyArray<[appProtocol: string, make: Make, readsHttp: boolean]> = [
  ['http', MeshPort.http, true],
  ['http2', MeshPort.http2, true],
  ['grpc', MeshPort.grpc, true],
  ['grpc-web', MeshPort.grpcWeb, true],
  ['tcp', MeshPort.tcp, false],
  ['tls', MeshPort.tls, false],
  ['https', MeshPort.https, false],
  ['mongo', MeshPort.mongo, false],
  ['mysql', MeshPort.mysql, false],
  ['redis', MeshPort.redis, false],
];

describe('MeshPort', () => {
  it.each(PROTOCOLS)('says that a port speaks %s, by name and by appProtocol', (appProtocol, make, readsHttp) => {
    expect(make(9000)).toMatchObject({ name: appProtocol, appProtocol, number: 9000, targetPort: 9000, readsHttp });
  });

  it.each(PROTOCOLS)('keeps %s in front of a suffix, where Istio reads it', (appProtocol, make) => {
    expect(make(9000, { suffix: 'db', targetPort: 9001 })).toMatchObject({ name: `${appProtocol}-db`, appProtocol, targetPort: 9001 });
  });

  forEachPlane((plane) => {
    it('comes out as port of the Service with protocol, name and target', () => {
      const chart = newChart();
      const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.redis(6379), MeshPort.grpc(9090, { suffix: 'admin' })];
      service(new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart', { ports });

      expect(spec(chart, 'Service', 'cart').ports).toEqual([
        { name: 'http', appProtocol: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
        { name: 'redis', appProtocol: 'redis', port: 6379, targetPort: 6379, protocol: 'TCP' },
        { name: 'grpc-admin', appProtocol: 'grpc', port: 9090, targetPort: 9090, protocol: 'TCP' },
      ]);
      expect(spec(chart, 'Deployment', 'cart-v1')).toHaveProperty('template.spec.containers.0.ports', [
        { name: 'http', containerPort: 8080 },
        { name: 'redis', containerPort: 6379 },
        { name: 'grpc-admin', containerPort: 9090 },
      ]);
    });
  });

  it.each([0, -1, 65536, 80.5, NaN, Infinity])('fails for port %d', (port) => {
    expectRefusal(() => MeshPort.http(port), { code: 'MESH002', path: 'MeshPort', fix: 'the number of the port' });
  });

  it('fails for a target port out of range, and names it', () => {
    const act = () => MeshPort.http(80, { targetPort: 0 });
    expectRefusal(act, { code: 'MESH002', path: 'MeshPort', fix: 'the number of the port', got: '0' });
    expect(act).toThrow('targetPort');
  });

  it.each([
    ['too long', 'administrator'],
    ['with capitals', 'Web'],
    ['with an underscore', 'a_b'],
    ['that ends in a dash', 'web-'],
    ['with two dashes', 'a--b'],
    ['that is empty', ''],
  ])('fails for a suffix %s', (_, suffix) => {
    expectRefusal(() => MeshPort.http(80, { suffix }), { code: 'MESH003', path: 'MeshPort', fix: 'suffix', got: `http-${suffix}` });
  });
});
