import { tryService } from '../../../lib/cluster/services/services';
import { tryGateway } from '../../../lib/cluster/workloads/gateways';
import { isToldOf } from '../../../lib/verdict/requests/waypoint-scope';
import { BEHIND_WAYPOINT, CART, cluster, httpRoute, namespace, service, SIDECAR, TO_CART, virtualService, waypoint } from '../fixtures';

const OTHER = service('other', 'app: other').replace('namespace: shop', 'namespace: bank');
const MESH = [namespace('shop', BEHIND_WAYPOINT), namespace('bank', SIDECAR), waypoint('service'), CART, OTHER];
const TO_OTHER = 'http: [{route: [{destination: {host: other.bank.svc.cluster.local}}]}]';

function isTold(key: string, ...pieces: readonly string[]): boolean {
  const read = cluster(...MESH, ...pieces);
  return isToldOf(read, tryGateway(read, 'shop/waypoint')!, tryService(read, 'Service', key)!);
}

describe('what a waypoint has been told about', () => {
  it('are the services that it stands before, and no others', () => {
    expect(isTold('shop/cart')).toBe(true);
    expect(isTold('bank/other')).toBe(false);
  });

  it('are those that routes name for one of its own, with copies of requests', () => {
    expect(isTold('bank/other', virtualService('a', `hosts: [cart], ${TO_OTHER}`))).toBe(true);
    const copy = 'http: [{route: [{destination: {host: cart}}], mirror: {host: other.bank.svc.cluster.local}}]';
    expect(isTold('bank/other', virtualService('a', `hosts: [cart], ${copy}`))).toBe(true);
    expect(isTold('bank/other', httpRoute('a', TO_CART, '{backendRefs: [{name: other, namespace: bank, port: 8080}]}'))).toBe(true);
  });

  it('are those that a VirtualService delegates to', () => {
    const root = virtualService('a', 'hosts: [cart], http: [{delegate: {name: leaf}}]');
    expect(isTold('bank/other', root, virtualService('leaf', TO_OTHER))).toBe(true);
  });

  it('is nobody by a wildcard, by a gateway or by a host that it does not stand before', () => {
    expect(isTold('bank/other', virtualService('a', `hosts: ["*.shop.svc.cluster.local"], ${TO_OTHER}`))).toBe(false);
    expect(isTold('bank/other', virtualService('a', `hosts: [cart], gateways: [edge/public], ${TO_OTHER}`))).toBe(false);
    expect(isTold('bank/other', virtualService('a', `hosts: [other.bank.svc.cluster.local], ${TO_OTHER}`))).toBe(false);
  });
});
