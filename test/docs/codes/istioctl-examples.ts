import {
  AMBIENT_SHOP,
  CART,
  destinationRule,
  EDGE,
  envoyFilter,
  gateway,
  istioGateway,
  namespace,
  object,
  policy,
  service,
  serviceEntry,
  SHOP,
  sidecar,
  telemetry,
  virtualService,
  workload,
} from './objects';

/** Manifests with one mistake that `istioctl analyze` has a code for. */
export interface Example {
  readonly code: string;
  /** The rule that speaks of it; absent where it is no mistake of Istio 1.31. */
  readonly rule?: string;
  readonly manifests: readonly string[];
  /** Why `istioctl analyze` says nothing of these manifests, where it does not. */
  readonly unheard?: string;
}

const TO_CART = `route: [{ destination: { host: ${CART} } }]`;
const route = (http: string, hosts = CART): string => virtualService('cart', `hosts: ["${hosts}"], http: [${http}]`);
const server = (port: string, hosts: string, more = ''): string => `{ port: { ${port} }, hosts: ["${hosts}"], ${more} }`;
const [HTTP, HTTPS] = ['number: 80, name: http, protocol: HTTP', 'number: 443, name: https, protocol: HTTPS'];
const atEdge = (name: string, servers: string, selector = 'istio: ingress'): string =>
  istioGateway(name, `selector: { ${selector} }, servers: [${servers}]`, 'edge');
const template = (annotations: string) => [namespace('shop'), ...workload('cart', 'shop', 'version: v1', annotations), service('cart')];
const patch = (applyTo: string, operation: string, more = '') =>
  envoyFilter(
    `configPatches: [{ applyTo: ${applyTo}, match: { context: SIDECAR_INBOUND, ${more} }, patch: { operation: ${operation}, value: { name: lua } } }]`,
  );
const FILTER = 'listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager } } }';

const OTHER_PATCH = object(
  'networking.istio.io/v1alpha3',
  'EnvoyFilter',
  'wasm',
  'spec: { configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: ADD } }] }',
  'shop',
);

export const ISTIOCTL: readonly Example[] = [
  { code: 'IST0002', rule: 'MESH350', manifests: [...SHOP, route(`{ fault: { delay: { percent: 5, fixedDelay: 5s } }, ${TO_CART} }`)] },
  { code: 'IST0101', rule: 'MESH308', manifests: [...SHOP, route('{ route: [{ destination: { host: kart } }] }')] },
  {
    code: 'IST0102',
    rule: 'MESH151',
    manifests: [...SHOP, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: billing }', ...workload('invoice', 'billing')],
  },
  { code: 'IST0106', rule: 'MESH125', manifests: [...SHOP, destinationRule('cart', `host: ${CART}, trafficPolicy: {}`)] },
  {
    code: 'IST0107',
    rule: 'MESH147',
    manifests: [
      ...SHOP,
      object(
        'v1',
        'Service',
        'a',
        'spec: { ports: [{ name: http, port: 80 }] }',
        'shop',
        ', annotations: { sidecar.istio.io/proxyCPU: 100m }',
      ),
    ],
  },
  { code: 'IST0108', rule: 'MESH147', manifests: template('sidecar.istio.io/proxyCPUs: 100m') },
  {
    code: 'IST0109',
    rule: 'MESH303',
    manifests: [
      ...SHOP,
      virtualService('a', `hosts: [cart], http: [{ ${TO_CART} }]`),
      virtualService('b', `hosts: [${CART}], http: [{ ${TO_CART} }]`),
    ],
  },
  {
    code: 'IST0110',
    rule: 'MESH316',
    manifests: [
      ...SHOP,
      ...['a', 'b'].map((name) => sidecar(name, 'workloadSelector: { labels: { app: cart } }, egress: [{ hosts: [./*] }]')),
    ],
  },
  { code: 'IST0111', rule: 'MESH316', manifests: [...SHOP, ...['a', 'b'].map((name) => sidecar(name, 'egress: [{ hosts: [./*] }]'))] },
  {
    code: 'IST0112',
    rule: 'MESH349',
    manifests: [
      ...SHOP.slice(0, -1),
      service('cart', 'shop', '{ name: http, port: 8080 }, { name: grpc, port: 9090 }'),
      virtualService('cart', `hosts: ["shop.example.com"], gateways: [edge/gateway], http: [{ ${TO_CART} }]`),
      ...EDGE,
      atEdge('gateway', server(HTTP, '*')),
    ],
  },
  {
    code: 'IST0116',
    unheard: 'it compares TCP with UDP alone',
    rule: 'MESH122',
    manifests: [...SHOP, service('cart', 'shop', '{ name: tcp, port: 8080 }').replace('name: cart,', 'name: cart-bytes,')],
  },
  { code: 'IST0118', rule: 'MESH105', manifests: [...SHOP.slice(0, -1), service('cart', 'shop', '{ name: web, port: 8080 }')] },
  { code: 'IST0123', rule: 'MESH101', manifests: [namespace('shop', 'istio-injection: enabled, istio.io/rev: canary')] },
  {
    code: 'IST0125',
    rule: 'MESH148',
    manifests: [
      namespace('shop', 'a: b'),
      ...workload('cart', 'shop', 'version: v1', 'traffic.sidecar.istio.io/excludeOutboundPorts: smtp'),
    ],
  },
  { code: 'IST0127', rule: 'MESH116', manifests: [...SHOP, policy('cart', 'selector: { matchLabels: { app: kart } }, rules: [{}]')] },
  {
    code: 'IST0128',
    manifests: [
      ...SHOP,
      serviceEntry('api', 'hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: http, protocol: HTTP }]'),
      destinationRule('api', 'host: api.example.com, trafficPolicy: { tls: { mode: SIMPLE } }'),
    ],
  },
  {
    code: 'IST0129',
    manifests: [
      ...SHOP,
      serviceEntry('api', 'hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: http, protocol: HTTP }]'),
      destinationRule(
        'api',
        'host: api.example.com, trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE } }] }',
      ),
    ],
  },
  {
    code: 'IST0130',
    rule: 'MESH348',
    manifests: [...SHOP, route(`{ ${TO_CART} }, { match: [{ uri: { prefix: /a } }], ${TO_CART} }`)],
  },
  {
    code: 'IST0131',
    rule: 'MESH348',
    manifests: [...SHOP, route(`{ match: [{ uri: { prefix: /a } }, { uri: { prefix: /a } }], ${TO_CART} }`)],
  },
  {
    code: 'IST0132',
    rule: 'MESH406',
    manifests: [
      ...SHOP,
      ...EDGE,
      atEdge('gateway', server(HTTP, 'shop.example.com')),
      virtualService('cart', `hosts: [bank.example.com], gateways: [edge/gateway], http: [{ ${TO_CART} }]`),
    ],
  },
  {
    code: 'IST0133',
    rule: 'MESH350',
    manifests: [...SHOP, destinationRule('cart', `host: ${CART}, trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } }`)],
  },
  {
    code: 'IST0134',
    unheard: 'the judge knows that it gets an address',
    manifests: [
      ...SHOP,
      serviceEntry('db', 'hosts: [db.example.com], resolution: DNS, ports: [{ number: 5432, name: tcp, protocol: TCP }]'),
    ],
  },
  { code: 'IST0135', rule: 'MESH149', manifests: template('sidecar.istio.io/statsCompression: "true"') },
  {
    code: 'IST0137',
    manifests: [...SHOP, service('cart', 'shop', '{ name: http, port: 80, targetPort: 8080 }').replace('name: cart,', 'name: cart-80,')],
  },
  {
    code: 'IST0138',
    rule: 'MESH408',
    manifests: [
      ...EDGE,
      ...['shop', 'bank'].map((name) => atEdge(name, server(HTTPS, `${name}.example.com`, 'tls: { mode: SIMPLE, credentialName: cert }'))),
    ],
  },
  {
    code: 'IST0140',
    rule: 'MESH401',
    manifests: [
      ...SHOP,
      ...workload('cart-v2', 'shop', 'version: v2'),
      ...EDGE,
      atEdge('gateway', server(HTTP, '*')),
      destinationRule('cart', `host: ${CART}, subsets: [{ name: v1, labels: { version: v1 } }]`),
      virtualService('inside', `hosts: [${CART}], http: [{ route: [{ destination: { host: ${CART}, subset: v1 } }] }]`),
      virtualService('outside', `hosts: [shop.example.com], gateways: [edge/gateway], http: [{ ${TO_CART} }]`),
    ],
  },
  {
    code: 'IST0144',
    rule: 'MESH106',
    manifests: [namespace('shop'), ...workload('cart', 'shop', 'version: v1', '', 'securityContext: { runAsUser: 1337 }')],
  },
  {
    code: 'IST0145',
    rule: 'MESH407',
    manifests: [
      ...EDGE,
      ...['a', 'b'].map((name) => atEdge(name, server(HTTPS, 'shop.example.com', `tls: { mode: SIMPLE, credentialName: ${name} }`))),
    ],
  },
  {
    code: 'IST0146',
    rule: 'MESH152',
    manifests: [
      namespace('edge', 'a: b'),
      object(
        'apps/v1',
        'Deployment',
        'gateway',
        'spec: { selector: { matchLabels: { app: gateway } }, template: { metadata: { labels: { app: gateway } }, spec: { containers: [{ name: istio-proxy, image: auto }] } } }',
        'edge',
      ),
    ],
  },
  {
    code: 'IST0147',
    rule: 'MESH152',
    manifests: [
      namespace('edge', 'a: b'),
      object('v1', 'Pod', 'gateway', 'spec: { containers: [{ name: istio-proxy, image: auto }] }', 'edge'),
    ],
  },
  {
    code: 'IST0149',
    rule: 'MESH232',
    manifests: [
      ...SHOP,
      ...EDGE,
      atEdge('gateway', server(HTTP, '*')),
      virtualService(
        'cart',
        `hosts: [shop.example.com], gateways: [edge/gateway], http: [{ match: [{ headers: { "@request.auth.claims.role": { exact: clerk } } }], ${TO_CART} }]`,
      ),
    ],
  },
  {
    code: 'IST0150',
    manifests: [
      ...SHOP,
      object('v1', 'Service', 'db', 'spec: { type: ExternalName, externalName: db.example.com, ports: [{ port: 5432 }] }', 'shop'),
    ],
  },
  {
    code: 'IST0151',
    rule: 'MESH328',
    manifests: [...SHOP, patch('HTTP_FILTER', 'INSERT_BEFORE', FILTER), OTHER_PATCH],
  },
  { code: 'IST0152', rule: 'MESH329', manifests: [...SHOP, patch('CLUSTER', 'REPLACE')] },
  { code: 'IST0153', rule: 'MESH329', manifests: [...SHOP, patch('ROUTE_CONFIGURATION', 'ADD')] },
  { code: 'IST0154', rule: 'MESH329', manifests: [...SHOP, patch('ROUTE_CONFIGURATION', 'REMOVE')] },
  {
    code: 'IST0155',
    rule: 'MESH328',
    manifests: [
      ...SHOP,
      envoyFilter(
        `configPatches: [${`{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND, proxy: { proxyVersion: "^1.31.*" }, ${FILTER} }, patch: { operation: INSERT_BEFORE, value: { name: lua } } }, `.repeat(2)}]`,
      ),
      OTHER_PATCH,
    ],
  },
  {
    code: 'IST0157',
    rule: 'MESH157',
    manifests: [telemetry('logs', 'accessLogging: [{ filter: { expression: "true" } }]', 'istio-system')],
  },
  {
    code: 'IST0159',
    rule: 'MESH156',
    manifests: [
      ...SHOP,
      ...['a', 'b'].map((name) => telemetry(name, 'selector: { matchLabels: { app: cart } }, tracing: [{ randomSamplingPercentage: 5 }]')),
    ],
  },
  {
    code: 'IST0160',
    rule: 'MESH156',
    manifests: [...SHOP, ...['a', 'b'].map((name) => telemetry(name, 'tracing: [{ randomSamplingPercentage: 5 }]'))],
  },
  {
    code: 'IST0161',
    rule: 'MESH161',
    manifests: [
      ...EDGE,
      atEdge('gateway', server(HTTPS, 'shop.example.com', 'tls: { mode: SIMPLE, credentialName: cert }')),
      object('v1', 'Secret', 'cert', 'type: Opaque\ndata: { certificate: YQ== }', 'edge'),
    ],
  },
  { code: 'IST0162', rule: 'MESH409', manifests: [...EDGE, atEdge('gateway', server('number: 8004, name: http, protocol: HTTP', '*'))] },
  {
    code: 'IST0165',
    rule: 'MESH405',
    manifests: [
      ...SHOP,
      virtualService(
        'cart',
        `hosts: [shop.example.com], gateways: [edge/gateway~istio-autogenerated-k8s-gateway~http], http: [{ ${TO_CART} }]`,
      ),
      namespace('edge', 'a: b'),
    ],
  },
  {
    code: 'IST0166',
    manifests: [
      namespace('edge', 'a: b'),
      gateway('gateway', 'gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }]', 'edge'),
      object(
        'v1',
        'Pod',
        'gateway-istio',
        'spec: { containers: [{ name: istio-proxy, image: proxy }] }',
        'edge',
        ', labels: { gateway.networking.k8s.io/gateway-name: gateway }',
      ),
      policy('edge', 'selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: gateway } }, rules: [{}]', 'edge'),
    ],
  },
  { code: 'IST0167', rule: 'MESH116', manifests: [...AMBIENT_SHOP, sidecar('cart', 'egress: [{ hosts: [./*] }]')] },
  {
    code: 'IST0171',
    rule: 'MESH160',
    manifests: [
      ...SHOP,
      `${service('a')}\nstatus: { conditions: [{ type: istio.io/WaypointBound, status: "False", reason: NoMatch, message: no waypoint, lastTransitionTime: "2026-11-01T00:00:00Z" }] }`,
    ],
  },
  {
    code: 'IST0173',
    rule: 'MESH353',
    manifests: [...SHOP, destinationRule('cart', `host: ${CART}, subsets: [{ name: v9, labels: { version: v9 } }]`)],
  },
  {
    code: 'IST0174',
    rule: 'MESH308',
    manifests: [...SHOP, destinationRule('cart', 'host: kart.shop.svc.cluster.local, trafficPolicy: { loadBalancer: { simple: RANDOM } }')],
  },
  {
    code: 'IST0176',
    rule: 'MESH162',
    manifests: [
      object(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        'tlsroutes.gateway.networking.k8s.io',
        'spec: { group: gateway.networking.k8s.io, scope: Namespaced, names: { kind: TLSRoute, plural: tlsroutes }, versions: [{ name: v1alpha2, served: true, storage: true }] }',
        undefined,
        ', annotations: { gateway.networking.k8s.io/bundle-version: v1.4.0 }',
      ),
    ],
  },
  {
    code: 'IST0177',
    rule: 'MESH311',
    manifests: [
      ...SHOP,
      ...['HTTP', 'TLS'].map((protocol) =>
        serviceEntry(
          `api-${protocol.toLowerCase()}`,
          `hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: port, protocol: ${protocol} }]`,
        ),
      ),
    ],
  },
];
