import { portOf, servicesIn, servicesOf, tryService } from '../../../lib/cluster/services/services';
import { clusterFrom } from '../../manifests';

const service = (spec: string, metadata = '') => `
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop${metadata}}
spec: {${spec}}`;
const entry = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cards, namespace: shop}
spec: {${spec}}`;
const only = (piece: string) => servicesOf(clusterFrom(piece))[0];

describe('a Service', () => {
  it('has a host, its ports and the labels of its pods', () => {
    const ports = '[{name: http, port: 80, targetPort: main}, {port: 81}, {name: tcp, port: 82, targetPort: 8082}, {name: lost}]';
    expect(only(service(`selector: {app: cart}, ports: ${ports}`))).toMatchObject({
      kind: 'Service',
      key: 'shop/cart',
      hosts: ['cart.shop.svc.cluster.local'],
      ports: [
        { name: 'http', number: 80, target: 'main', isHttp: true },
        { number: 81, target: 81, isHttp: true },
        { number: 82, target: 8082, isHttp: false },
      ],
      selector: { app: 'cart' },
      hasAddress: true,
      exportTo: ['*'],
      object: { kind: 'Service' },
    });
  });

  it('has no address where it is headless, or another name', () => {
    expect(only(service('clusterIP: None')).hasAddress).toBe(false);
    expect(only(service('type: ExternalName, externalName: api.example.com, selector: {app: cart}'))).toMatchObject({
      hasAddress: false,
      externalName: 'api.example.com',
      selector: {},
    });
  });

  it('is told to the namespaces that its annotation lists', () => {
    expect(only(service('', ', annotations: {networking.istio.io/exportTo: "., bank"}')).exportTo).toEqual(['.', 'bank']);
  });

  it('of two protocols on one port is called by TCP', () => {
    const dns = only(service('ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]'));
    expect(portOf(dns, 53)?.name).toBe('dns-tcp');
    expect(portOf(dns, 54)).toBeUndefined();
  });
});

describe('a ServiceEntry', () => {
  it('has the hosts that it lists, letter for letter', () => {
    const ports = '[{number: 443, name: tls, protocol: TLS}, {number: 80, protocol: HTTP, targetPort: 8080}]';
    expect(only(entry(`hosts: [API.example.com], resolution: DNS, ports: ${ports}, exportTo: ["."]`))).toMatchObject({
      kind: 'ServiceEntry',
      hosts: ['API.example.com'],
      ports: [
        { number: 443, target: 443, isHttp: false },
        { number: 80, target: 8080, isHttp: true },
      ],
      hasAddress: true,
      exportTo: ['.'],
    });
  });

  it('has no address without resolution, and pods only where it selects some', () => {
    expect(only(entry('hosts: [a.example.com]'))).toMatchObject({ hasAddress: false, selector: {}, exportTo: ['*'] });
    expect(only(entry('workloadSelector: {labels: {app: vm}}')).selector).toEqual({ app: 'vm' });
  });

  it('is found by its kind and key', () => {
    const cluster = clusterFrom(entry('hosts: [a.example.com]'));
    expect(tryService(cluster, 'ServiceEntry', 'shop/cards')?.name).toBe('cards');
    expect(tryService(cluster, 'Service', 'shop/cards')).toBeUndefined();
    expect(servicesIn(cluster, 'shop').map(({ name }) => name)).toEqual(['cards']);
    expect(servicesIn(cluster, 'bank')).toEqual([]);
  });
});
