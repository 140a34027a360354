import { podPort, podsBehind, servedPorts, servesMesh, servicesOver } from '../../../lib/cluster/services/endpoints';
import { servicesOf, tryService } from '../../../lib/cluster/services/services';
import { tryWorkload } from '../../../lib/cluster/workloads/workloads';
import { clusterFrom } from '../../manifests';

const pod = (name: string, labels: string, port = 8080) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {${labels}}}
spec: {containers: [{name: app, ports: [{name: main, containerPort: ${port}}]}]}`;
const service = (name: string, selector: string, ports: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {${selector}ports: [${ports}]}`;

describe('the pods of a Service', () => {
  const cluster = clusterFrom(
    pod('v1', 'app: cart, version: v1'),
    pod('v2', 'app: cart, version: v2', 9090),
    service('cart', 'selector: {app: cart}, ', '{name: http, port: 80, targetPort: main}, {name: tcp, port: 81, targetPort: 8081}'),
    service('cart-v1', 'selector: {app: cart, version: v1}, ', '{name: tcp, port: 80, targetPort: nowhere}'),
    service('written', '', '{name: tcp, port: 80}'),
  );
  const [v1, v2] = [tryWorkload(cluster, 'shop/v1')!, tryWorkload(cluster, 'shop/v2')!];
  const behind = (name: string) => podsBehind(cluster, tryService(cluster, 'Service', `shop/${name}`)!).map(({ key }) => key);

  it('are those that its selector picks, and none without one', () => {
    expect(['cart', 'cart-v1', 'written'].map(behind)).toEqual([['shop/v1', 'shop/v2'], ['shop/v1'], []]);
  });

  it('tell the Services that lead to them', () => {
    expect(servicesOver(cluster, v1).map(({ name }) => name)).toEqual(['cart', 'cart-v1']);
    expect(servicesOver(cluster, v2).map(({ name }) => name)).toEqual(['cart']);
    expect(servicesOver(cluster, { namespaceName: 'bank', labels: { app: 'cart' } })).toEqual([]);
  });

  it('are those as well that somebody has written, whose ports count where no selector picks them', () => {
    const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: written, namespace: shop, labels: {kubernetes.io/service-name: written}}
addressType: IPv4
endpoints: [{addresses: [10.1.0.1], targetRef: {kind: Pod, name: v1}}, {addresses: [10.1.0.2], targetRef: {kind: Pod, name: alone}}]
ports: [{name: tcp, port: 7000}]`;
    const services = [
      service('cart', 'selector: {app: cart}, ', '{name: http, port: 80}'),
      service('written', '', '{name: tcp, port: 80}'),
    ];
    const mesh = clusterFrom(pod('v1', 'app: cart'), pod('alone', 'app: alone'), ...services, slice);
    const written = tryService(mesh, 'Service', 'shop/written')!;
    expect(podsBehind(mesh, written).map(({ key }) => key)).toEqual(['shop/v1', 'shop/alone']);
    const served = (key: string) => {
      const workload = tryWorkload(mesh, key)!;
      return [servicesOver(mesh, workload).map(({ name }) => name), servedPorts(mesh, workload).map(({ number }) => number)];
    };
    expect([served('shop/v1'), served('shop/alone')]).toEqual([
      [['cart', 'written'], [80]],
      [['written'], [7000]],
    ]);
    expect(servesMesh(mesh, written)).toBe(false);
    expect(servesMesh(clusterFrom(service('empty', '', '{name: tcp, port: 80}')), { ...written, key: 'shop/empty' })).toBe(false);
  });

  it('have the port that the Service names, each by its own number', () => {
    const [http, tcp] = servicesOf(cluster)[0].ports;
    expect([podPort(http, v1), podPort(http, v2), podPort(tcp, v2)]).toEqual([8080, 9090, 8081]);
    expect(podPort({ ...http, target: 'none' }, v1)).toBeUndefined();
    expect(podPort({ ...http, target: '8085' }, v1)).toBe(8085);
    expect(podPort({ ...tcp, namesPods: true, name: 'main' }, v2)).toBe(9090);
    expect(podPort({ ...tcp, name: 'main' }, v2)).toBe(8081);
    expect(podPort(tcp, { namedPorts: { tcp: 7000 }, isOutside: true })).toBe(7000);
    expect(servedPorts(cluster, v1)).toEqual([
      { number: 8080, isHttp: true },
      { number: 8081, isHttp: false },
    ]);
  });
});
