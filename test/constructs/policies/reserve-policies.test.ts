import { DataPlane, HttpAccess, type MeshedService, ServiceIdentity } from 'istio-constructs';
import { external, manifests, shop, type Shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';

const ADMIN = { http: [HttpAccess.anyMethod('/admin/*')] };

/** Ids of the policies of a service below it, with the name of each. */
function policiesOf(callee: MeshedService): Record<string, string> {
  const policies = callee.objects.filter(({ kind }) => kind === 'AuthorizationPolicy');
  return Object.fromEntries(policies.map(({ node, name }) => [node.path.replace(`${callee.node.path}/`, ''), name]));
}

/** Product lets in cart, and refuses a robot of a plane that nobody knows. */
function refusing(plane: { readonly dataPlane: DataPlane }): Shop {
  const one = shop(plane);
  one.cart.calls(one.product);
  one.product.access.deny(ServiceIdentity.of('ops', 'robot'));
  return one;
}

describe('the policies of a service', () => {
  forEachEnforcer((plane) => {
    it('are called and found by where they are attached, and by what they do', () => {
      const atPods = { 'Authorization/Resource': 'product', 'Access/Deny/Resource': 'product-deny' };
      expect(policiesOf(refusing(plane).product)).toEqual(
        plane.of<object>({
          sidecar: atPods,
          ztunnel: atPods,
          waypoint: {
            ...atPods,
            'Authorization/Waypoint': 'product-waypoint',
            'Access/WaypointDeny/Resource': 'product-waypoint-deny',
          },
        }),
      );
    });
  });

  // Server-side apply keeps both fields of an object that moves, and the API server refuses an object with both.
  it('are never one object in two places: no name is that of a policy by labels and of one at the waypoint', () => {
    const attachments = (one: Shop) => {
      one.cart.calls(external(one.payments, 'cards'));
      const policies = manifests(one.chart).filter(({ kind }) => kind === 'AuthorizationPolicy');
      return policies.map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, 'targetRefs' in spec!] as const);
    };
    const behind = refusing({ dataPlane: DataPlane.ambient() });
    behind.product.access.denyAnyone(ADMIN);
    behind.cart.calls(behind.payment, ADMIN);
    const all = [...attachments(refusing({ dataPlane: DataPlane.sidecar() })), ...attachments(behind)];
    const atWaypoint = all.filter(([, hasTargets]) => hasTargets).map(([name]) => name);
    expect(atWaypoint).toEqual(expect.arrayContaining(['shop/product-waypoint', 'shop/product-waypoint-deny', 'payments/cards']));
    expect(all.filter(([name, hasTargets]) => !hasTargets && atWaypoint.includes(name))).toEqual([]);
  });
});
