import { podPort, podsBehind, servedPorts, servicesOver } from '../../../lib/cluster/services/endpoints';
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

  it('have the port that the Service names, each by its own number', () => {
    const [http, tcp] = servicesOf(cluster)[0].ports;
    expect([podPort(http, v1), podPort(http, v2), podPort(tcp, v2)]).toEqual([8080, 9090, 8081]);
    expect(podPort({ ...http, target: 'none' }, v1)).toBeUndefined();
    expect(podPort({ ...http, target: '8085' }, v1)).toBe(8085);
    expect(servedPorts(cluster, v1)).toEqual([
      { number: 8080, isHttp: true },
      { number: 8081, isHttp: false },
    ]);
  });
});
