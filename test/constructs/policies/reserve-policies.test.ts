import type { Chart } from 'cdk8s';
import {
  Callers,
  DataPlane,
  ExternalAuthorizer,
  HttpAccess,
  type MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  ServiceIdentity,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import { external, manifests, names, newChart, service, shop, type Shop, spec } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { clusterOf } from '../../manifests';

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

describe('an authorizer in an open namespace', () => {
  const isLetIn = (chart: Chart, serviceAccount: string, name: string, port: number, proxy: 'ztunnel' | 'sidecar') =>
    decide(clusterOf(manifests(chart)), {
      from: { identity: { namespace: 'shop', serviceAccount, proxy } },
      to: { host: `${name}.shop.svc.cluster.local`, port },
      path: '/items',
    }).allowed;

  function open(plane: { readonly dataPlane: DataPlane }) {
    const chart = newChart();
    const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
    const [web, cart] = ['web', 'cart'].map((name) => service(namespace, name));
    const opa = service(namespace, 'opa', { ports: [MeshPort.grpc(9191)] });
    web.calls(cart);
    return { chart, web, cart, opa };
  }

  forEachPlane((plane) => {
    it('lets in who asks it, and refuses strangers, through the waypoint as well', () => {
      const { chart, web, cart, opa } = open(plane);
      cart.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
      const proxy = plane.of({ sidecar: 'sidecar' as const, ambient: 'ztunnel' as const });
      const asking = plane.of({ sidecar: 'cart', ambient: 'waypoint' });
      const isIn = (account: string) => isLetIn(chart, account, 'opa', 9191, proxy);
      expect([isIn('stranger'), isIn('web')]).toEqual([false, false]);
      expect(isLetIn(chart, asking, 'opa', 9191, 'sidecar')).toBe(true);
      expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('shop/opa'))).toEqual(
        plane.of({ sidecar: ['shop/opa'], ambient: ['shop/opa', 'shop/opa-waypoint'] }),
      );
      expect(MeshReport.of(chart).findings.map(({ code }) => code)).toEqual(['MESH206', 'MESH206']);
      web.calls(opa);
      expect([isIn('stranger'), isIn('web')]).toEqual([false, true]);
    });
  });

  it('has a policy without a rule at the waypoint, until somebody is granted the way through it', () => {
    const { chart, web, cart, opa } = open({ dataPlane: DataPlane.ambient() });
    cart.access.askFirst(ExternalAuthorizer.of('opa', { service: opa }));
    const targetRefs = [{ group: '', kind: 'Service', name: 'opa' }];
    expect(spec(chart, 'AuthorizationPolicy', 'opa-waypoint')).toEqual({ targetRefs, action: 'ALLOW', rules: [] });
    web.calls(opa);
    expect(spec(chart, 'AuthorizationPolicy', 'opa-waypoint').rules).toHaveLength(1);
  });

  it('is not the only one: all of a namespace, let in at the pods, are its waypoint as well', () => {
    const { chart, cart, opa } = open({ dataPlane: DataPlane.ambient() });
    cart.access.denyAnyone(ADMIN);
    opa.access.allow(Callers.ofNamespace('shop'), { toPods: true, reason: 'they dial pods' });
    expect(names(chart, 'AuthorizationPolicy')).toContain('shop/opa-waypoint');
    const from = { identity: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'ztunnel' as const } };
    const to = { host: 'opa.shop.svc.cluster.local', port: 9191 };
    expect(decide(clusterOf(manifests(chart)), { from, to }).allowed).toBe(false);
  });
});
