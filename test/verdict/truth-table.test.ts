import { BEHIND_WAYPOINT, CART, P1, P2, STRICT, WAYPOINT_DENY_ALL, cluster, namespace, waypoint } from './fixtures';
import { truthTable } from './truth-table';

const PIECES = [namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, STRICT, WAYPOINT_DENY_ALL, P1, P2];

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---`;

describe('the truth table', () => {
  it('has a section for each service and each pod address, with callers of one answer in one row', () => {
    const by = (name: string) => `AuthorizationPolicy shop/${name} (authorization)`;
    expect(truthTable(cluster(...PIECES, WEB)).split('\n')).toEqual(
      expect.arrayContaining([
        '### cart.shop.svc.cluster.local:8080',
        `| shop/web | GET /items/1 | allowed | ${by('p1')} |`,
        `| shop/cart-v1, shop/cart-v2, stranger (ztunnel) | any | refused | ${by('p1')} |`,
        `| shop/web | GET /elsewhere, POST /elsewhere, POST /items/1 | refused | ${by('p1')} |`,
        '| stranger (none) | any | refused | PeerAuthentication shop/default (mtls) |',
        '### a pod of shop/cart-v1, port 8080',
        `| shop/cart-v1, shop/cart-v2, shop/web, stranger (ztunnel) | any | refused | ${by('p2')} |`,
      ]),
    );
  });

  it('comes out the same in whatever order the objects are given', () => {
    expect(truthTable(cluster(...[...PIECES, WEB].reverse()))).toBe(truthTable(cluster(...PIECES, WEB)));
  });

  it('has a section for every host that is asked for', () => {
    const hosts = [{ host: 'db.databases.svc.cluster.local', port: 5432 }];
    expect(truthTable(cluster(...PIECES, WEB), { hosts })).toContain('### db.databases.svc.cluster.local:5432');
  });
});
