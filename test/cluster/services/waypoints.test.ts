import { tryService } from '../../../lib/cluster/services/services';
import { ingressUsesWaypoint, saysWaypoint, waypointOf, waypointOfPod } from '../../../lib/cluster/services/waypoints';
import { tryWorkload } from '../../../lib/cluster/workloads/workloads';
import { clusterFrom } from '../../manifests';

const USE = 'istio.io/use-waypoint: waypoint';
const namespace = (name: string, labels: string) =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: {istio.io/dataplane-mode: ambient${labels}}}}`;
const service = (labels = '', spec = '') =>
  `{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop, labels: {${labels}}}, spec: {${spec}}}`;
const pod = (labels = '') => `{apiVersion: v1, kind: Pod, metadata: {name: cart, namespace: shop, labels: {${labels}}}}`;
const waypoint = (name = 'waypoint', labels = '', place = 'shop', listener = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: ${place}, labels: {${labels}}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE${listener}}]}`;

const ofService = (...pieces: string[]) => {
  const cluster = clusterFrom(...pieces);
  return waypointOf(cluster, tryService(cluster, 'Service', 'shop/cart')!)?.key;
};
const ofPod = (...pieces: string[]) => {
  const cluster = clusterFrom(...pieces);
  return waypointOfPod(cluster, tryWorkload(cluster, 'shop/cart')!)?.key;
};

describe('the waypoint', () => {
  const SHOP = namespace('shop', `, ${USE}`);

  it("of a Service is the one that its own label names, else its namespace's", () => {
    expect(ofService(SHOP, waypoint(), service())).toBe('shop/waypoint');
    expect(ofService(SHOP, waypoint(), waypoint('other'), service('istio.io/use-waypoint: other'))).toBe('shop/other');
    expect(ofService(SHOP, waypoint(), service('istio.io/use-waypoint: none'))).toBeUndefined();
    expect(ofService(namespace('shop', ''), waypoint(), service())).toBeUndefined();
  });

  it('is spoken of by a label of the Service or of its namespace, whatever it says', () => {
    const says = (...pieces: string[]) => {
      const cluster = clusterFrom(...pieces);
      return saysWaypoint(cluster, tryService(cluster, 'Service', 'shop/cart')!);
    };
    expect([says(SHOP, service()), says(service('istio.io/use-waypoint: none')), says(namespace('shop', ''), service())]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is none of a Service without an address, and none that is not there', () => {
    expect(ofService(SHOP, waypoint(), service('', 'clusterIP: None'))).toBeUndefined();
    expect(ofService(SHOP, service())).toBeUndefined();
    expect(ofService(SHOP, waypoint().replace('istio-waypoint', 'istio'), service())).toBeUndefined();
  });

  it('of another namespace takes those that its listener admits', () => {
    const elsewhere = namespace('shop', `, ${USE}, istio.io/use-waypoint-namespace: infra`);
    const open = ', allowedRoutes: {namespaces: {from: All}}';
    expect(ofService(elsewhere, waypoint('waypoint', '', 'infra'), service())).toBeUndefined();
    expect(ofService(elsewhere, waypoint('waypoint', '', 'infra', open), service())).toBe('infra/waypoint');
  });

  it('is for Services, for pods, for both or for nobody', () => {
    const types = ['service', 'workload', 'all', 'none'].map((type) => waypoint('waypoint', `istio.io/waypoint-for: ${type}`));
    expect(types.map((one) => ofService(SHOP, one, service()))).toEqual(['shop/waypoint', undefined, 'shop/waypoint', undefined]);
    expect(types.map((one) => ofPod(SHOP, one, pod()))).toEqual([undefined, 'shop/waypoint', 'shop/waypoint', undefined]);
  });

  it('is met by what comes in where the Service or its namespace says so', () => {
    const uses = (...pieces: string[]) => {
      const cluster = clusterFrom(...pieces);
      return ingressUsesWaypoint(cluster, tryService(cluster, 'Service', 'shop/cart')!);
    };
    const label = 'istio.io/ingress-use-waypoint';
    expect(uses(SHOP, service())).toBe(false);
    expect(uses(SHOP, service(`${label}: "true"`))).toBe(true);
    expect(uses(namespace('shop', `, ${label}: "true"`), service())).toBe(true);
    expect(uses(namespace('shop', `, ${label}: "true"`), service(`${label}: "false"`))).toBe(false);
  });
});
