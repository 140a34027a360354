import type { Manifest } from './builders';

/** What the tenant of all attempts has. */
export const BUYERS = {
  namespaces: ['shop', 'search'],
  hosts: ['shop.example.com', '*.search.example.com', 'api.stripe.com'],
  gateways: ['ingress/edge', 'ingress/old-edge'],
  addresses: ['203.0.113.0/24', '2001:db8::/32'],
};

/** An object that a team writes into its namespace. */
export interface Attempt {
  readonly what: string;
  readonly manifest: Manifest;
  /** The rule that tells of it; none where it is the tenant's good right. */
  readonly code?: 'MESH131' | 'MESH132' | 'MESH133';
}

const ISTIO = 'networking.istio.io/v1';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const TO_CART = [{ route: [{ destination: { host: 'cart' } }] }];
const PORT = { number: 443, name: 'https', protocol: 'TLS' };

const of = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'try', namespace: 'shop' },
  spec: spec as Manifest['spec'],
});
const virtualService = (spec: object) => of(ISTIO, 'VirtualService', { http: TO_CART, ...spec });
const destinationRule = (host: string, spec: object = {}) => of(ISTIO, 'DestinationRule', { host, ...spec });
const serviceEntry = (spec: object) => of(ISTIO, 'ServiceEntry', { ports: [PORT], resolution: 'DNS', ...spec });
const workloadEntry = (address: string) => of(ISTIO, 'WorkloadEntry', { address });
const istioGateway = (hosts: string[], port: object = { number: 80, name: 'http', protocol: 'HTTP' }) =>
  of(ISTIO, 'Gateway', { selector: { istio: 'ingressgateway' }, servers: [{ hosts, port }] });
const gateway = (listener: object, spec: object = {}) =>
  of(GATEWAY_API, 'Gateway', {
    gatewayClassName: 'istio',
    listeners: [{ name: 'web', port: 80, protocol: 'HTTP', ...listener }],
    ...spec,
  });
const listenerSet = (parentRef: object, listener: object) =>
  of(GATEWAY_API, 'ListenerSet', { parentRef, listeners: [{ name: 'web', port: 80, protocol: 'HTTP', ...listener }] });
const route = (parentRef: object, hostnames?: string[], kind = 'HTTPRoute') =>
  of(GATEWAY_API, kind, { parentRefs: [parentRef], hostnames, rules: [{ backendRefs: [{ name: 'cart', port: 8080 }] }] });
const service = (externalIP: string) => of('v1', 'Service', { ports: [{ port: 80 }], externalIPs: [externalIP] });

const EDGE = { name: 'edge', namespace: 'ingress' };
const OWN = { name: 'own' };
const CART = { group: '', kind: 'Service', name: 'cart', port: 8080 };
const THEIRS = 'pay.bank.svc.cluster.local';

/** What a tenant may do. */
export const RIGHTS: readonly Attempt[] = [
  { what: 'routes for a Service of its own, by its name alone', manifest: virtualService({ hosts: ['cart'] }) },
  { what: 'routes for a Service of another namespace of its own', manifest: virtualService({ hosts: ['index.search.svc.cluster.local'] }) },
  {
    what: 'routes for its own name at a gateway that is lent to it',
    manifest: virtualService({ hosts: ['shop.example.com'], gateways: ['ingress/edge', 'mesh'] }),
  },
  { what: 'routes for its own name in capitals', manifest: virtualService({ hosts: ['SHOP.example.com'], gateways: ['own'] }) },
  {
    what: 'routes at a gateway that is named in the old way',
    manifest: virtualService({ hosts: ['shop.example.com'], gateways: ['old-edge.ingress.svc.cluster.local', './own', 'own.search'] }),
  },
  { what: 'routes of its own callers to a host of others', manifest: virtualService({ hosts: [THEIRS], exportTo: ['.'] }) },
  { what: 'settings for its Services', manifest: destinationRule('cart.shop.svc.cluster.local') },
  { what: 'settings of its own callers for a host of others', manifest: destinationRule(THEIRS, { exportTo: ['shop', 'search'] }) },
  { what: 'an entry for a host outside that it has', manifest: serviceEntry({ hosts: ['api.stripe.com'] }) },
  {
    what: 'an entry with addresses and machines of its own',
    manifest: serviceEntry({
      hosts: ['db.search.example.com'],
      addresses: ['203.0.113.0/28', '2001:db8::7'],
      resolution: 'STATIC',
      endpoints: [{ address: '203.0.113.9' }, { address: '2001:db8::8' }],
    }),
  },
  {
    what: 'an entry whose machines have names',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], endpoints: [{ address: 'eu.stripe.com' }] }),
  },
  { what: 'a machine of its own', manifest: workloadEntry('203.0.113.10') },
  { what: 'a server for its host at pods that somebody installed', manifest: istioGateway(['shop/shop.example.com']) },
  { what: 'a server for TLS of its host', manifest: istioGateway(['a.search.example.com'], PORT) },
  { what: 'a gateway of its own for whoever comes', manifest: gateway({}) },
  { what: 'a gateway of its own for its host', manifest: gateway({ hostname: '*.search.example.com' }) },
  {
    what: 'a gateway on pods of its own',
    manifest: gateway({}, { addresses: [{ type: 'Hostname', value: 'door.search.svc.cluster.local' }] }),
  },
  { what: 'a gateway that asks for an address', manifest: gateway({}, { addresses: [{ value: '203.0.113.5' }] }) },
  { what: 'listeners for its host at a gateway that is lent to it', manifest: listenerSet(EDGE, { hostname: 'shop.example.com' }) },
  { what: 'listeners for whoever comes at a gateway of its own', manifest: listenerSet(OWN, {}) },
  { what: 'a route for its host at a gateway that is lent to it', manifest: route(EDGE, ['shop.example.com']) },
  { what: 'a route for whoever comes at a gateway of its own', manifest: route(OWN) },
  { what: 'a route for the callers of its Service', manifest: route(CART) },
  { what: 'a route of gRPC for its host', manifest: route(EDGE, ['a.search.example.com'], 'GRPCRoute') },
  { what: 'a route of bytes at a gateway that is lent to it', manifest: route({ ...EDGE, sectionName: 'db' }, undefined, 'TCPRoute') },
  { what: 'a Service at an address of its own', manifest: service('203.0.113.20') },
];

/** What it may not. */
export const TRESPASSES: readonly Attempt[] = [
  { what: 'routes for everybody to a Service of others', manifest: virtualService({ hosts: [THEIRS] }), code: 'MESH131' },
  { what: 'the same beside its own', manifest: virtualService({ hosts: ['cart', THEIRS] }), code: 'MESH131' },
  { what: 'the same in capitals', manifest: virtualService({ hosts: ['PAY.bank.svc.cluster.local'] }), code: 'MESH131' },
  { what: 'the same by a short name with its namespace', manifest: virtualService({ hosts: ['pay.bank'] }), code: 'MESH131' },
  { what: 'routes for all Services of others', manifest: virtualService({ hosts: ['*.bank.svc.cluster.local'] }), code: 'MESH131' },
  { what: 'routes for all Services of the cluster', manifest: virtualService({ hosts: ['*.svc.cluster.local'] }), code: 'MESH131' },
  { what: 'routes for every host', manifest: virtualService({ hosts: ['*'], gateways: ['own'] }), code: 'MESH131' },
  {
    what: 'routes for a namespace whose name ends alike',
    manifest: virtualService({ hosts: ['pay.workshop.svc.cluster.local'] }),
    code: 'MESH131',
  },
  {
    what: 'routes for a Service of others that some of them see',
    manifest: virtualService({ hosts: [THEIRS], exportTo: ['.', 'bank'] }),
    code: 'MESH131',
  },
  { what: 'routes for a name that ends alike', manifest: virtualService({ hosts: ['workshop.example.com'] }), code: 'MESH131' },
  { what: 'routes for the name above its own', manifest: virtualService({ hosts: ['search.example.com'] }), code: 'MESH131' },
  { what: 'routes for more than its pattern', manifest: virtualService({ hosts: ['*.example.com'] }), code: 'MESH131' },
  { what: 'settings for a Service of others', manifest: destinationRule(THEIRS), code: 'MESH131' },
  { what: 'settings for every host', manifest: destinationRule('*.local'), code: 'MESH131' },
  { what: 'an entry for a Service of others', manifest: serviceEntry({ hosts: [THEIRS] }), code: 'MESH131' },
  {
    what: 'an entry for it that its own namespace sees, for ztunnel overlooks that',
    manifest: serviceEntry({ hosts: [THEIRS], exportTo: ['.'] }),
    code: 'MESH131',
  },
  { what: 'an entry for a short name', manifest: serviceEntry({ hosts: ['pay.bank'] }), code: 'MESH131' },
  {
    what: 'an entry for a host outside that it does not have',
    manifest: serviceEntry({ hosts: ['api.stripe.com', 'login.example.com'] }),
    code: 'MESH131',
  },
  { what: 'a server for a host of others', manifest: istioGateway(['shop.example.com', 'pay.example.com']), code: 'MESH131' },
  { what: 'a server for every host', manifest: istioGateway(['*']), code: 'MESH131' },
  { what: 'a server for every host to its own routes', manifest: istioGateway(['./*']), code: 'MESH131' },
  { what: 'a gateway for a host of others', manifest: gateway({ hostname: 'pay.example.com' }), code: 'MESH131' },
  { what: 'listeners for a host of others', manifest: listenerSet(EDGE, { hostname: 'pay.example.com' }), code: 'MESH131' },
  { what: 'listeners for every host at a gateway of others', manifest: listenerSet(EDGE, {}), code: 'MESH131' },
  { what: 'a route for a host of others', manifest: route(EDGE, ['pay.example.com']), code: 'MESH131' },
  { what: 'a route for every host of a gateway of others', manifest: route(EDGE), code: 'MESH131' },
  { what: 'a route of gRPC for a host of others', manifest: route(EDGE, ['pay.example.com'], 'GRPCRoute'), code: 'MESH131' },
  { what: 'a route of TLS for a host of others', manifest: route(EDGE, ['pay.example.com'], 'TLSRoute'), code: 'MESH131' },
  {
    what: 'routes at a gateway of others',
    manifest: virtualService({ hosts: ['shop.example.com'], gateways: ['bank/door'] }),
    code: 'MESH132',
  },
  {
    what: 'routes at one that is named in the old way',
    manifest: virtualService({ hosts: ['shop.example.com'], gateways: ['door.bank.svc.cluster.local'] }),
    code: 'MESH132',
  },
  {
    what: 'routes at one that is only called like the lent one',
    manifest: virtualService({ hosts: ['shop.example.com'], gateways: ['bank/edge'] }),
    code: 'MESH132',
  },
  {
    what: 'a server for bytes, which have no host',
    manifest: istioGateway(['shop.example.com'], { number: 443, name: 'tcp', protocol: 'TCP' }),
    code: 'MESH132',
  },
  {
    what: 'a gateway on pods of others',
    manifest: gateway({}, { addresses: [{ type: 'Hostname', value: 'istio-ingressgateway.istio-system.svc.cluster.local' }] }),
    code: 'MESH132',
  },
  {
    what: 'listeners at a gateway of others',
    manifest: listenerSet({ name: 'door', namespace: 'bank' }, { hostname: 'shop.example.com' }),
    code: 'MESH132',
  },
  { what: 'a route at a gateway of others', manifest: route({ name: 'door', namespace: 'bank' }, ['shop.example.com']), code: 'MESH132' },
  {
    what: 'a route for the callers of a Service of others',
    manifest: route({ ...CART, namespace: 'bank' }, ['shop.example.com']),
    code: 'MESH132',
  },
  {
    what: 'a route for the callers of an entry that is called like a lent gateway',
    manifest: route({ ...EDGE, group: 'networking.istio.io', kind: 'ServiceEntry' }, ['shop.example.com']),
    code: 'MESH132',
  },
  {
    what: 'a route of bytes at a gateway of others',
    manifest: route({ name: 'door', namespace: 'bank' }, undefined, 'TCPRoute'),
    code: 'MESH132',
  },
  {
    what: 'an entry at the address of a Service of others',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], addresses: ['10.96.0.17'] }),
    code: 'MESH133',
  },
  {
    what: 'an entry at all addresses',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], resolution: 'STATIC', addresses: ['0.0.0.0/0'] }),
    code: 'MESH133',
  },
  {
    what: 'an entry at more than its block',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], resolution: 'STATIC', addresses: ['203.0.112.0/22'] }),
    code: 'MESH133',
  },
  {
    what: 'an entry whose machine is a pod of others',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], resolution: 'STATIC', endpoints: [{ address: '10.244.1.7' }] }),
    code: 'MESH133',
  },
  {
    what: 'an entry whose machine is a pod of others, by IPv6',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], resolution: 'STATIC', endpoints: [{ address: 'fd00::7' }] }),
    code: 'MESH133',
  },
  {
    what: 'an entry whose machine is a pod of others, by IPv4 in IPv6',
    manifest: serviceEntry({ hosts: ['api.stripe.com'], resolution: 'STATIC', endpoints: [{ address: '::ffff:10.244.1.7' }] }),
    code: 'MESH133',
  },
  { what: 'a machine at the address of a pod of others', manifest: workloadEntry('10.244.1.7'), code: 'MESH133' },
  { what: 'a Service at an address of others', manifest: service('10.0.0.9'), code: 'MESH133' },
];
