import { servicesOfWork, waypointWork } from '../../../lib/cluster/policies/waypoint-work';
import { clusterFrom } from '../../manifests';

const SERVICES = ['cart', 'web'].map((name) => `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}}`);
const ENTRY = `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: cards, namespace: shop},
  spec: {hosts: [api.cards.example.com], resolution: DNS}}`;

const object = (apiVersion: string, kind: string, spec: string, namespace = 'shop') =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: raw, namespace: ${namespace}}, spec: {${spec}}}`;

/** The services that an object speaks of, as `kind name`. */
function spokenOf(apiVersion: string, kind: string, spec: string, namespace?: string): string[] {
  const cluster = clusterFrom(...SERVICES, ENTRY, object(apiVersion, kind, spec, namespace));
  return waypointWork(cluster).flatMap((work) => servicesOfWork(cluster, work).map((service) => `${service.kind} ${service.name}`));
}

const POLICIES = [
  ['security.istio.io/v1', 'AuthorizationPolicy'],
  ['security.istio.io/v1', 'RequestAuthentication'],
  ['extensions.istio.io/v1alpha1', 'WasmPlugin'],
  ['extensions.istio.io/v1alpha1', 'TrafficExtension'],
  ['telemetry.istio.io/v1', 'Telemetry'],
] as const;
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'];

describe('work for waypoints', () => {
  it.each(POLICIES)('is what a policy says of its targets: %s %s', (apiVersion, kind) => {
    expect(spokenOf(apiVersion, kind, 'targetRefs: [{group: "", kind: Service, name: cart}]')).toEqual(['Service cart']);
    expect(spokenOf(apiVersion, kind, 'targetRefs: [{group: core, kind: Service, name: cart}]')).toEqual(['Service cart']);
    expect(spokenOf(apiVersion, kind, 'targetRef: {kind: Service, name: web}')).toEqual(['Service web']);
    const entry = 'targetRefs: [{group: networking.istio.io, kind: ServiceEntry, name: cards}]';
    expect(spokenOf(apiVersion, kind, entry)).toEqual(['ServiceEntry cards']);
    expect(spokenOf(apiVersion, kind, 'selector: {matchLabels: {app: cart}}')).toEqual([]);
    expect(spokenOf(apiVersion, kind, 'targetRefs: [{group: apps, kind: Service, name: cart}]')).toEqual([]);
  });

  it.each(ROUTES)('is a route for a Service of its own namespace: %s', (kind) => {
    const at = (parent: string, namespace?: string) =>
      spokenOf('gateway.networking.k8s.io/v1', kind, `parentRefs: [{${parent}}]`, namespace);
    expect(at('group: "", kind: Service, name: cart')).toEqual(['Service cart']);
    expect(at('group: "", kind: Service, name: cart, namespace: shop', 'front')).toEqual([]);
    expect(at('kind: Service, name: cart')).toEqual([]);
    expect(at('name: cart')).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['hosts: [cart]', ['Service cart']],
    ['hosts: [cart.shop.svc.cluster.local], gateways: [mesh, edge]', ['Service cart']],
    ['hosts: ["*.shop.svc.cluster.local"]', ['Service cart', 'Service web']],
    ['hosts: [api.cards.example.com]', ['ServiceEntry cards']],
    ['hosts: [cart], gateways: [edge]', []],
    ['hosts: [search]', []],
  ])('is a VirtualService that is for the mesh: %s', (spec, spoken) => {
    expect(spokenOf('networking.istio.io/v1', 'VirtualService', spec)).toEqual(spoken);
    expect(spokenOf('networking.istio.io/v1', 'VirtualService', spec, 'front')).toEqual([]);
  });

  it('is a DestinationRule that shapes traffic, unless it is for some clients', () => {
    const limits = 'trafficPolicy: {outlierDetection: {}}';
    const kind = ['networking.istio.io/v1', 'DestinationRule'] as const;
    expect(spokenOf(...kind, `host: cart, ${limits}`)).toEqual(['Service cart']);
    expect(spokenOf(...kind, 'host: cart, subsets: [{name: v1}]')).toEqual([]);
    expect(spokenOf(...kind, `host: cart, workloadSelector: {matchLabels: {app: web}}, ${limits}`)).toEqual([]);
  });

  it('may be for a Gateway', () => {
    const policy = 'targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: waypoint}]';
    expect(waypointWork(clusterFrom(object('security.istio.io/v1', 'AuthorizationPolicy', policy)))).toMatchObject([
      { gateways: ['waypoint'], services: [], namespaceName: 'shop' },
    ]);
  });
});
