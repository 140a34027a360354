import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { tryService } from '../../../lib/cluster/services/services';
import { speakerOf } from '../../../lib/verdict/requests/callers';
import { gatewaysOf } from '../../../lib/cluster/workloads/gateways';
import { routedBytes } from '../../../lib/verdict/routes/virtual-byte-routes';
import * as made from '../fixtures';

const HOST = 'cart.shop.svc.cluster.local';
const to = (name: string, match = '') => `{${match && `match: [${match}], `}route: [{destination: {host: ${name}}}]}`;

/** Where it goes: the name of the first destination, nothing, or that nobody can tell. */
function routed(routes: string, { isTls = false, isWaypoint = false, host = HOST } = {}): string | undefined {
  const cluster = made.cluster(
    made.namespace('shop', made.SIDECAR),
    made.CART,
    made.waypoint('service'),
    made.virtualService('cart', `hosts: [cart], gateways: [mesh, edge], ${routes}`),
  );
  const proxy = isWaypoint ? gatewaysOf(cluster)[0] : speakerOf(cluster, made.sidecarWeb);
  const called = { service: tryService(cluster, 'Service', 'shop/cart')!, host, port: 8080 };
  const found = routedBytes(cluster, virtualServices(cluster)[0], called, { reader: { proxy, gateway: 'mesh', port: 8080 }, isTls });
  return found.isUnread ? 'unread' : found.route?.destinations[0].host.split('.')[0];
}

describe('bytes that a VirtualService routes', () => {
  it('go by the port, where a sidecar reads them and the port has no TLS', () => {
    expect(routed(`tcp: [${to('a', '{port: 9090}')}, ${to('b', '{port: 8080}')}, ${to('c')}]`)).toBe('b');
    expect(routed(`tcp: [${to('a', '{gateways: [edge]}')}, ${to('b', '{gateways: [mesh]}')}]`)).toBe('b');
    expect(
      routed(`tcp: [${to('a', '{sourceLabels: {app: other}}, {sourceNamespace: bank}')}, ${to('b', '{sourceLabels: {app: web}}')}]`),
    ).toBe('b');
    expect(routed(`tcp: [{match: [{port: 8080}]}, ${to('b')}]`)).toBe('b');
    expect(routed(`tcp: [${to('a', '{port: 9090}')}], tls: [${to('b', `{sniHosts: [${HOST}]}`)}]`)).toBeUndefined();
  });

  it('go by the server that TLS asks for, the closest first, on a port of TLS', () => {
    const wide = to('a', '{sniHosts: ["*.shop.svc.cluster.local"]}');
    const close = to('b', `{sniHosts: [other.example.com, ${HOST}]}`);
    expect(routed(`tls: [${wide}, ${close}, ${close.replace('host: b', 'host: c')}], tcp: [${to('d')}]`, { isTls: true })).toBe('b');
    expect(routed(`tls: [${wide}]`, { isTls: true })).toBe('a');
    expect(routed(`tls: [${to('a', `{sniHosts: [${HOST}], port: 9090}`)}], tcp: [${to('d')}]`, { isTls: true })).toBeUndefined();
    expect(routed(`tls: [${close}]`, { isTls: true, host: 'unknown.example.com' })).toBe('unread');
  });

  it('go nobody knows where by blocks of addresses, unless something before them takes all', () => {
    const block = to('a', '{sourceSubnet: 10.0.0.0/8}');
    expect(routed(`tcp: [${block}, ${to('b')}]`)).toBe('unread');
    expect(routed(`tcp: [${to('b')}, ${block}]`)).toBe('b');
    expect(routed(`tls: [${to('a', `{sniHosts: [${HOST}], destinationSubnets: [10.0.0.0/8]}`)}]`, { isTls: true })).toBe('unread');
  });

  it('go at a waypoint by the name of the service alone, then by the port, whatever speaks there', () => {
    const waypoint = { isWaypoint: true };
    expect(
      routed(
        `tls: [${to('a', '{sniHosts: ["*.shop.svc.cluster.local"]}')}, ${to('b', `{sniHosts: [${HOST}]}`)}], tcp: [${to('c')}]`,
        waypoint,
      ),
    ).toBe('b');
    expect(routed(`tls: [${to('a', '{sniHosts: ["*.shop.svc.cluster.local"]}')}], tcp: [${to('c')}]`, waypoint)).toBe('c');
    expect(
      routed(
        `tcp: [${to('a', '{sourceLabels: {app: web}}')}, ${to('b', '{sourceNamespace: shop}')}, ${to('c', '{port: 8080}')}]`,
        waypoint,
      ),
    ).toBe('c');
    expect(routed(`tcp: [${to('a', '{destinationSubnets: [10.0.0.0/8]}')}]`, waypoint)).toBe('a');
  });
});
