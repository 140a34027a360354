import { ApiObject, Chart, Include, Lazy, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DataPlane,
  type IMeshNamespace,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import * as networking from '../../../imports/networking.istio.io';
import { external, manifests, names, newChart, service, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ambient = (waypoint?: Waypoint) => DataPlane.ambient(waypoint && { waypoint });
const TO_CART = {
  targetRefs: [{ group: '', kind: 'Service', name: 'cart' }],
  action: 'DENY',
  rules: [{ to: [{ operation: { ports: ['9'] } }] }],
};
const POLICY = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'raw', namespace: 'shop' },
  spec: TO_CART,
};
const WAYPOINT = ['shop/waypoint'];

const raw = (apiVersion: string, kind: string, spec: object, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name: 'raw', namespace },
  spec,
});

/** A namespace with a cart, and a chart of its own for what stands beside. */
function program(dataPlane: DataPlane = ambient()) {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const [cart, web] = [service(shop, 'cart'), service(shop, 'web')];
  web.calls(cart);
  return { chart, shop, cart, add: (manifest: object, scope: Construct = chart) => new ApiObject(scope, 'raw', manifest as never) };
}

/** The waypoints that a program has, whatever else the rules have to say of it. */
function waypointsOf(chart: Chart): string[] {
  MeshReport.of(chart);
  const objects = chart.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
  return objects.filter(({ kind }) => kind === 'Gateway').map(({ name, metadata }) => `${metadata.namespace}/${name}`);
}

/** Those once an object stands beside it. */
function waypointsWith(manifest: object): string[] {
  const { chart, add } = program();
  add(manifest);
  return waypointsOf(chart);
}

describe('an object that only a waypoint obeys', () => {
  it('brings the waypoint, to which the policies of the services move', () => {
    const { chart, add } = program();
    expect(names(chart, 'Gateway')).toEqual([]);
    add(POLICY);
    expect(names(chart, 'Gateway')).toEqual(WAYPOINT);
    expect(spec(chart, 'AuthorizationPolicy', 'cart-waypoint')).toMatchObject({ targetRefs: [{ kind: 'Service', name: 'cart' }] });
    expect(names(chart, 'AuthorizationPolicy')).toContain('shop/cart-waypoint');
    expect(MeshReport.of(chart).findings).toEqual([]);
  });

  it('counts from wherever the output is read, and wherever it hangs, also after the last statement', () => {
    const readers: Array<(chart: Chart, shop: IMeshNamespace & { objects: ApiObject[] }) => unknown[]> = [
      (chart) => Testing.synth(chart),
      (chart) => chart.toJson(),
      (_, shop) => shop.objects.map((one) => one.toJson() as object),
    ];
    for (const read of readers) {
      const { chart, shop, cart, add } = program();
      const kinds = () => read(chart, shop).map((one) => (one as { kind: string }).kind);
      expect(kinds()).not.toContain('Gateway');
      const object = add({ ...POLICY, metadata: { name: 'raw' } }, cart);
      expect(kinds()).toContain('Gateway');
      cart.node.tryRemoveChild(object.node.id);
      expect(kinds()).not.toContain('Gateway');
    }
  });

  it('counts as a class of its own, out of a file, and in a list', () => {
    const asClass = program();
    new networking.VirtualService(asClass.shop, 'routes', {
      spec: { hosts: ['cart'], http: [{ timeout: '2s', route: [{ destination: { host: 'cart' } }] }] },
    });
    const file = join(mkdtempSync(join(tmpdir(), 'beside-')), 'policy.yaml');
    writeFileSync(file, JSON.stringify(POLICY));
    const included = program();
    new Include(included.chart, 'file', { url: file });
    const listed = program();
    listed.add({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, POLICY] });
    for (const { chart } of [asClass, included, listed]) expect(names(chart, 'Gateway')).toEqual(WAYPOINT);
  });

  it.each([
    raw('security.istio.io/v1', 'RequestAuthentication', { targetRef: { kind: 'Service', name: 'cart' } }),
    raw('extensions.istio.io/v1alpha1', 'WasmPlugin', { targetRefs: TO_CART.targetRefs, url: 'oci://example.com/a' }),
    raw('telemetry.istio.io/v1', 'Telemetry', { targetRefs: TO_CART.targetRefs }),
    raw('security.istio.io/v1', 'AuthorizationPolicy', {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }],
    }),
    raw('gateway.networking.k8s.io/v1', 'HTTPRoute', { parentRefs: [{ group: '', kind: 'Service', name: 'cart' }] }),
    raw('networking.istio.io/v1', 'VirtualService', { hosts: ['cart.shop.svc.cluster.local'] }),
    raw('networking.istio.io/v1', 'DestinationRule', { host: 'cart', trafficPolicy: { outlierDetection: {} } }),
  ])('may be $kind', (manifest) => {
    expect(waypointsWith(manifest)).toEqual(WAYPOINT);
  });

  it.each([
    raw('security.istio.io/v1', 'RequestAuthentication', { selector: { matchLabels: { app: 'cart' } } }),
    raw('networking.istio.io/v1', 'VirtualService', { hosts: ['cart'], gateways: ['edge'] }),
    raw('networking.istio.io/v1', 'DestinationRule', { host: 'cart', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }),
    raw('networking.istio.io/v1', 'DestinationRule', { host: 'cart', subsets: [{ name: 'v1', labels: { version: 'v1' } }] }),
    raw('gateway.networking.k8s.io/v1', 'HTTPRoute', { parentRefs: [{ name: 'edge' }] }),
    raw('networking.istio.io/v1', 'VirtualService', { hosts: ['cart.shop.svc.cluster.local'] }, 'front'),
  ])('is none of what others obey, or nobody: $kind $spec', (manifest) => {
    expect(waypointsWith(manifest)).toEqual([]);
  });

  it('may be about a host outside', () => {
    const { chart, shop, add } = program();
    external(shop, 'cards', 'api.cards.example.com');
    add(raw('networking.istio.io/v1', 'DestinationRule', { host: 'api.cards.example.com', trafficPolicy: { tls: { mode: 'SIMPLE' } } }));
    expect(names(chart, 'Gateway')).toEqual(WAYPOINT);
  });

  it('may be about a Service that somebody adds, unless its labels say who stands before it, or nobody can', () => {
    const withService = (metadata: object, spec: object = {}) => {
      const { chart, add } = program();
      const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy', namespace: 'shop', ...metadata }, spec };
      new ApiObject(chart, 'service', manifest as never);
      add({ ...POLICY, spec: { ...TO_CART, targetRefs: [{ group: '', kind: 'Service', name: 'legacy' }] } });
      return waypointsOf(chart).length;
    };
    expect(withService({})).toBe(1);
    expect(withService({ labels: { 'istio.io/use-waypoint': 'other' } })).toBe(0);
    expect(withService({ labels: { 'istio.io/use-waypoint': 'none' } })).toBe(0);
    expect(withService({}, { clusterIP: 'None' })).toBe(0);
  });

  it('is told where the waypoint is forbidden, with its name', () => {
    const { chart, add } = program(ambient(Waypoint.NEVER));
    add(POLICY);
    expect(MeshReport.of(chart).findings).toMatchObject([
      {
        code: 'MESH102',
        path: 'test/raw',
        text: expect.stringContaining('got: AuthorizationPolicy shop/raw, which only a waypoint obeys'),
      },
    ]);
  });

  it('is told where the namespace is somebody else’s and has no waypoint', () => {
    const codesWith = (attributes: { waypoint?: string }, ...objects: object[]) => {
      const chart = newChart();
      const bank = MeshNamespace.fromName(chart, 'bank', { name: 'bank', dataPlane: ambient(), ...attributes });
      new MeshedService(bank, 'cart', { image: 'registry.example.com/cart:1', ports: [MeshPort.http(8080)] });
      objects.forEach((object, index) => new ApiObject(chart, `raw-${index}`, object as never));
      return MeshReport.of(chart).findings.map(({ code }) => code);
    };
    const policy = (name: string) => ({
      ...POLICY,
      metadata: { name, namespace: 'bank' },
      spec: { ...TO_CART, targetRefs: [{ kind: 'Service', name }] },
    });
    expect(codesWith({}, policy('cart'))).toEqual(['MESH103']);
    expect(codesWith({}, policy('of-somebody-else'))).toEqual(['MESH103']);
    expect(codesWith({ waypoint: 'theirs' }, policy('of-somebody-else'))).toEqual([]);
    const labels = { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'theirs' };
    expect(codesWith({}, policy('of-somebody-else'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank', labels } })).toEqual(
      [],
    );
  });

  it('changes nothing by the order in which things are declared', () => {
    const inOrder = (isFirst: boolean) => {
      const chart = newChart();
      const beside = () => new ApiObject(new Chart(chart, 'beside'), 'raw', POLICY);
      if (isFirst) beside();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: ambient() });
      const [cart, web] = [service(shop, 'cart'), service(shop, 'web')];
      web.calls(cart);
      if (!isFirst) beside();
      return manifests(chart).filter(({ metadata }) => metadata.name !== 'raw');
    };
    expect(inOrder(true)).toEqual(inOrder(false));
  });

  it('may ask for what follows itself while it is looked at', () => {
    const { chart, shop, add } = program();
    const rules = Lazy.any({ produce: () => [{ to: [{ operation: { ports: [String(shop.objects.length)] } }] }] });
    add({ ...POLICY, spec: { ...TO_CART, rules } });
    expect(names(chart, 'Gateway')).toEqual(WAYPOINT);
  });
});

forEachPlane((plane) => {
  describe('what stands beside the constructs', () => {
    it('makes a waypoint in ambient mode alone', () => {
      const { chart, add } = program(plane.dataPlane);
      const route = [{ destination: { host: 'cart.shop.svc.cluster.local' } }];
      add(raw('networking.istio.io/v1', 'VirtualService', { hosts: ['cart.shop.svc.cluster.local'], http: [{ route }] }));
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: WAYPOINT }));
    });

    it('is no matter of what the constructs write themselves', () => {
      const { chart } = program(plane.dataPlane);
      expect(names(chart, 'Gateway')).toEqual([]);
    });
  });
});
