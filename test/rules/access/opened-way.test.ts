import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { DataPlane, HttpAccess, MeshReport } from 'istio-constructs';
import { openedWay } from '../../../lib/rules/access/opened-way';
import { type Shop, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = openedWay;

function policy(scope: Construct, namespace: string, spec: object, metadata: object = {}): ApiObject {
  return new ApiObject(scope, `${namespace}-added`, {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'added', namespace, ...metadata },
    spec,
  });
}

const EVERYONE: Readonly<Record<string, object>> = {
  'an empty rule': {},
  'every principal': { from: [{ source: { principals: ['*'] } }] },
  'every namespace': { from: [{ source: { namespaces: ['*'] } }] },
  'all namespaces but one': { from: [{ source: { notNamespaces: ['kube-system'] } }] },
  'all principals but one': { from: [{ source: { notPrincipals: ['cluster.local/ns/shop/sa/web'] } }] },
  'everybody but a namespace, by a condition': { when: [{ key: 'source.namespace', notValues: ['kube-system'] }] },
  'every address': { from: [{ source: { ipBlocks: ['0.0.0.0/0'] } }] },
  'one port': { to: [{ operation: { ports: ['8080'] } }] },
};

/** The shop with one HTTP call, so that in ambient mode there is a waypoint. */
function calling(plane: PlaneUnderTest): Shop {
  const parts = shop(plane);
  parts.cart.calls(parts.product, { http: [HttpAccess.get('/products/*')] });
  return parts;
}

function found({ chart }: Shop): string[] {
  return MeshReport.of(chart)
    .findings.filter((finding) => finding.code === code)
    .map(({ path }) => path);
}

const objectNamed = ({ chart }: Shop, kind: string, name: string): ApiObject =>
  chart.node
    .findAll()
    .filter((node): node is ApiObject => ApiObject.isApiObject(node))
    .find((object) => object.kind === kind && object.name === name)!;

/** The same after everything is made that is needed. */
function settled(parts: Shop): Shop {
  MeshReport.of(parts.chart);
  return parts;
}

describe(openedWay.title, () => {
  forEachPlane((plane) => {
    it('fails at none of the services that nobody touched', () => {
      expect(found(calling(plane))).toEqual([]);
    });

    it.each(Object.entries(EVERYONE))('fails at a policy by label that lets in %s', (_, rule) => {
      const parts = calling(plane);
      // Behind a waypoint ztunnel enforces it, past which nobody comes but by a pod's address.
      policy(parts.chart, 'shop', { selector: { matchLabels: { app: 'cart' } }, rules: [rule] });
      expect(found(parts)).toEqual(['test/shop-added']);
    });

    it('fails at a policy of the root namespace, and at one inside a List', () => {
      const rooted = calling(plane);
      policy(rooted.chart, 'istio-system', { rules: [{}] });
      expect(found(rooted)).toContain('test/istio-system-added');

      const listed = calling(plane);
      const item = {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'all', namespace: 'shop' },
        spec: { rules: [{}] },
      };
      new ApiObject(listed.chart, 'list', { apiVersion: 'v1', kind: 'List', items: [item] });
      expect(found(listed)).toContain('test/list');
    });

    it('fails where a policy is patched to let in everybody, or is not enforced any more', () => {
      const opened = settled(calling(plane));
      objectNamed(opened, 'AuthorizationPolicy', 'deny-all').addJsonPatch(JsonPatch.add('/spec/rules', [{}]));
      expect(found(opened).length).toBeGreaterThan(0);

      const logged = settled(calling(plane));
      objectNamed(logged, 'AuthorizationPolicy', 'deny-all').metadata.addAnnotation('istio.io/dry-run', 'true');
      expect(found(logged)).toEqual(['test/shop/DenyAll']);
    });

    it('fails where a policy is patched to let in somebody else', () => {
      const parts = settled(calling(plane));
      const grant = objectNamed(parts, 'AuthorizationPolicy', plane.of({ sidecar: 'product', ambient: 'product-waypoint' }));
      grant.addJsonPatch(JsonPatch.replace('/spec/rules/0/from/0/source/principals', ['cluster.local/ns/ops/sa/robot']));
      expect(found(parts)).toEqual([grant.node.path]);
    });

    it('takes a policy that asks for a token, and one for the pods of somebody else', () => {
      const parts = calling(plane);
      const token = { from: [{ source: { requestPrincipals: ['https://id.example.com/*'] } }] };
      policy(parts.chart, 'shop', { selector: { matchLabels: { app: 'product' } }, rules: [token] });
      policy(parts.chart, 'payments', { selector: { matchLabels: { app: 'robot' } }, rules: [{}] });
      expect(found(parts)).toEqual([]);
    });

    it.each<[string, object]>([
      ['a namespace by a pattern', { from: [{ source: { principals: ['cluster.local/ns/ops/*'] } }] }],
      ['an account anywhere', { from: [{ source: { principals: ['*/sa/robot'] } }] }],
      ['a condition on the caller', { when: [{ key: 'source.namespace', values: ['ops'] }] }],
      ['a block of addresses', { from: [{ source: { ipBlocks: ['10.1.2.0/24'] } }] }],
      ['all but a block of addresses', { from: [{ source: { notIpBlocks: ['10.0.0.0/8'] } }] }],
    ])('fails at a policy that lets in %s', (_, rule) => {
      const parts = calling(plane);
      policy(parts.chart, 'shop', { selector: { matchLabels: { app: 'cart' } }, rules: [rule] });
      expect(found(parts)).toEqual(['test/shop-added']);
    });

    it.each<[string, object]>([
      ['a header that anybody may send', { when: [{ key: 'request.headers[x-debug]', values: ['1'] }] }],
      ['every method but one', { to: [{ operation: { notMethods: ['GET'] } }] }],
      ['every path but some', { to: [{ operation: { notPaths: ['/elsewhere'] } }] }],
    ])('fails at a policy that asks for %s', (_, rule) => {
      const parts = calling(plane);
      const attached = plane.of<object>({
        sidecar: { selector: { matchLabels: { app: 'product' } } },
        ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
      });
      policy(parts.chart, 'shop', { ...attached, rules: [rule] });
      expect(found(parts)).toEqual(['test/shop-added']);
    });

    it('fails where a patch moves what closes a namespace', () => {
      const parts = settled(calling(plane));
      objectNamed(parts, 'AuthorizationPolicy', 'deny-all').addJsonPatch(JsonPatch.replace('/metadata/namespace', 'other'));
      expect(found(parts).length).toBeGreaterThan(0);
    });

    it('takes a note and a harmless patch on what constructs wrote', () => {
      const parts = settled(calling(plane));
      const objects = parts.chart.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
      for (const object of objects) object.metadata.addAnnotation('argocd.argoproj.io/sync-wave', '1');
      for (const object of objects) object.addJsonPatch(JsonPatch.add('/metadata/finalizers', []));
      const errors = MeshReport.of(parts.chart).findings.filter(({ level }) => level === 'error');
      expect(errors).toEqual([]);
    });

    it('takes what is opened by name', () => {
      const parts = calling(plane);
      parts.product.access.allowAnyone('the catalogue is public');
      policy(parts.chart, 'shop', { selector: { matchLabels: { app: 'product' } }, rules: [{}] });
      expect(found(parts)).toEqual([]);
    });

    it('fails where a refusal is patched away', () => {
      const parts = calling(plane);
      const robot = service(parts.shop, 'robot');
      robot.calls(parts.product);
      parts.product.access.deny(robot, { http: [HttpAccess.get('/products/secret')] });
      settled(parts);
      const denial = parts.chart.node
        .findAll()
        .filter((node): node is ApiObject => ApiObject.isApiObject(node))
        .filter(
          (object) => object.kind === 'AuthorizationPolicy' && (object.toJson() as { spec: { action?: string } }).spec.action === 'DENY',
        );
      for (const object of denial) object.addJsonPatch(JsonPatch.replace('/spec/rules', []));
      expect(denial.length).toBeGreaterThan(0);
      expect(found(parts)).toHaveLength(1);
    });

    it('fails where an EnvoyFilter takes away what enforces policies', () => {
      const parts = calling(plane);
      const match = {
        listener: {
          filterChain: {
            filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.rbac' } },
          },
        },
      };
      new ApiObject(parts.chart, 'filter', {
        apiVersion: 'networking.istio.io/v1alpha3',
        kind: 'EnvoyFilter',
        metadata: { name: 'filter', namespace: 'shop' },
        spec: { configPatches: [{ applyTo: 'HTTP_FILTER', match, patch: { operation: 'REMOVE' } }] },
      });
      // In ambient mode it is read by no proxy of these pods.
      expect(found(parts)).toEqual(plane.of({ sidecar: ['test/filter'], ambient: [] }));
    });

    it('fails where connections go past the proxy', () => {
      const parts = calling(plane);
      const annotation = plane.of({
        sidecar: ['traffic.sidecar.istio.io/excludeInboundPorts', '8080'],
        ambient: ['ambient.istio.io/bypass-inbound-capture', 'true'],
      });
      parts.payment.deployment.podMetadata.addAnnotation(annotation[0], annotation[1]);
      expect(found(parts)).toEqual([ApiObject.of(parts.payment.deployment).node.path]);
    });
  });

  it('fails at a policy on the waypoint that lets in everybody', () => {
    const parts = shop({ dataPlane: DataPlane.ambient() });
    parts.cart.calls(parts.product, { http: [HttpAccess.get('/products/*')] });
    const waypoint = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' };
    policy(parts.chart, 'shop', { targetRefs: [waypoint], rules: [{}] });
    expect(found(parts)).toEqual(['test/shop-added']);
  });
});
