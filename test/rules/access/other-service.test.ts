import { otherService } from '../../../lib/rules/access/other-service';
import { call, findings, namespaceState, made, raw, service, waypointOf } from '../model-builder';

const waypoint = waypointOf('shop');
const web = service('web');
const pods = made(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart-v1, namespace: shop}
spec: {template: {metadata: {labels: {app: cart, version: v1}}, spec: {containers: [{name: cart, image: cart}]}}}`);
const alias = (labels: string) =>
  raw(`
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop, labels: {${labels}}}
spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}`);

function found(zeroTrust: boolean, labels = '') {
  const cart = service('cart', { namespace: namespaceState('shop', 'ambient', { waypoint, zeroTrust }) });
  return findings(otherService, { services: [cart], calls: [call(web, cart)], objects: [...pods, ...alias(labels)] });
}

describe(otherService.title, () => {
  it('takes it where the waypoint refuses what no policy opens', () => {
    expect(found(true)).toEqual([]);
  });

  it('takes a Service that uses no waypoint, for ztunnel refuses there', () => {
    expect(found(false, 'istio.io/use-waypoint: none')).toEqual([]);
  });

  it('fails in an open namespace', () => {
    expect(found(false)).toMatchObject([{ on: { path: 'raw/service/alias' }, fix: expect.stringContaining('use-waypoint: none') }]);
  });
});
