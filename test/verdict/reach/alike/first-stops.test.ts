import { firstStops } from '../../../../lib/verdict/reach/alike/first-stops';
import { clusterFrom } from '../../../manifests';
import * as made from '../../fixtures';

const CART = 'cart.shop.svc.cluster.local';
const stops = (hosts: string[], ...pieces: string[]) =>
  firstStops(clusterFrom(...pieces), hosts, 8080).map(({ end, ports }) => `${end.namespaceName ?? ''} ${end.address} ${ports.join()}`);

describe('where connections may end', () => {
  it('is at the pods, each once, by a tunnel or at their port', () => {
    const shop = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS];
    expect(stops([CART, 'cart-v1.shop.svc.cluster.local'], ...shop)).toEqual(['shop 10.244.0.0 15008,8080', 'shop 10.244.0.1 15008,8080']);
  });

  it('is at a waypoint before them', () => {
    const shop = [made.namespace('shop', made.BEHIND_WAYPOINT), made.CART, made.waypoint('service')];
    expect(stops([CART], ...shop)[0]).toMatch(/^shop .* 15008$/);
  });

  it('is at what somebody has written, pods and addresses outside, by the ports that stand there', () => {
    const db = 'db.shop.svc.cluster.local';
    const written = made.endpointSlice('db', '{addresses: [10.1.0.1]}, {addresses: [10.9.0.1]}', '{name: http, port: 7000}');
    const found = stops([db], made.namespace('shop', made.SIDECAR), made.service('db', ''), made.runningPod('one', '10.1.0.1'), written);
    expect(found).toEqual(['shop 10.244.0.0 15008,8080,7000', ' 10.9.0.1 15008,7000,8080']);
  });

  it('is outside, and somewhere unknown, for whom nobody tells of the Service', () => {
    const hidden = made.CART.replace(/(kind: Service\nmetadata: \{name: cart)/, '$1, annotations: {networking.istio.io/exportTo: .}');
    expect(stops([CART], made.namespace('shop', made.SIDECAR), hidden).slice(-2)).toEqual([' 93.184.216.34 8080', 'shop 10.246.0.2 8080']);
  });
});
