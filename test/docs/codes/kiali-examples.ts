import type { Example } from './istioctl-examples';
import {
  AMBIENT_SHOP,
  CART,
  destinationRule,
  EDGE,
  gateway,
  httpRoute,
  istioGateway,
  namespace,
  object,
  peers,
  policy,
  referenceGrant,
  service,
  serviceEntry,
  SHOP,
  sidecar,
  telemetry,
  tokens,
  virtualService,
  wasm,
  workload,
  workloadGroup,
} from './objects';

const TO_CART = `route: [{ destination: { host: ${CART} } }]`;
const BY_GET = 'rules: [{ to: [{ operation: { methods: [GET] } }] }]';
const PICKS = 'selector: { matchLabels: { app: cart } }';
const JWT = 'jwtRules: [{ issuer: "https://id.example.com", jwksUri: "https://id.example.com/keys" }]';
const SERVICE = 'targetRefs: [{ kind: Service, group: "", name: cart }]';
const listener = (name: string, more = ''): string => `{ name: ${name}, port: 80, protocol: HTTP, ${more} }`;
const atEdge = (name: string, selector = 'istio: ingress'): string =>
  istioGateway(
    name,
    `selector: { ${selector} }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: ${name} } }]`,
    'edge',
  );

const WITH_WAYPOINT = 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint';
const WAYPOINT = gateway('waypoint', 'gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }]');

/** Manifests with one mistake that Kiali has a code for; no rule where it is none of Istio 1.31. */
export const KIALI: readonly Example[] = [
  {
    code: 'KIA0002',
    rule: 'MESH245',
    manifests: [...SHOP, peers('a', 'mtls: { mode: STRICT }'), peers('b', 'mtls: { mode: PERMISSIVE }')],
  },
  {
    code: 'KIA0003',
    rule: 'MESH316',
    manifests: [
      ...SHOP,
      ...['a', 'b'].map((name) => sidecar(name, 'workloadSelector: { labels: { app: cart } }, egress: [{ hosts: [./*] }]')),
    ],
  },
  { code: 'KIA0004', rule: 'MESH116', manifests: [...SHOP, policy('cart', 'selector: { matchLabels: { app: kart } }, rules: [{}]')] },
  {
    code: 'KIA0005',
    rule: 'MESH352',
    manifests: [
      ...SHOP,
      namespace('payments'),
      ...workload('pay', 'payments'),
      virtualService('cart', `hosts: [${CART}], exportTo: [payment], http: [{ ${TO_CART} }]`),
    ],
  },
  {
    code: 'KIA0101',
    rule: 'MESH269',
    manifests: [...SHOP, namespace('payments'), policy('cart', 'rules: [{ from: [{ source: { namespaces: [payment] } }] }]')],
  },
  { code: 'KIA0102', rule: 'MESH263', manifests: [...SHOP, policy('cart', BY_GET.replace('GET', 'get'))] },
  {
    code: 'KIA0104',
    rule: 'MESH281',
    manifests: [...SHOP, policy('cart', 'rules: [{ to: [{ operation: { hosts: [kart.shop.svc.cluster.local] } }] }]')],
  },
  {
    code: 'KIA0105',
    rule: 'MESH110',
    manifests: [
      ...SHOP,
      peers('default', 'mtls: { mode: DISABLE }'),
      policy('cart', 'rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/default] } }] }]'),
    ],
  },
  {
    code: 'KIA0106',
    rule: 'MESH204',
    manifests: [...SHOP, policy('cart', 'rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/kart] } }] }]')],
  },
  { code: 'KIA0109', rule: 'MESH217', manifests: [...AMBIENT_SHOP, policy('cart', `${SERVICE}, ${BY_GET}`)] },
  { code: 'KIA0110', rule: 'MESH211', manifests: [...AMBIENT_SHOP, policy('cart', `${PICKS}, ${BY_GET}`)] },
  {
    code: 'KIA0201',
    rule: 'MESH303',
    manifests: [
      ...SHOP,
      ...['a', 'b'].map((name) => destinationRule(name, `host: ${CART}, trafficPolicy: { loadBalancer: { simple: RANDOM } }`)),
    ],
  },
  {
    code: 'KIA0202',
    rule: 'MESH308',
    manifests: [...SHOP, destinationRule('cart', 'host: kart, trafficPolicy: { loadBalancer: { simple: RANDOM } }')],
  },
  {
    code: 'KIA0203',
    rule: 'MESH353',
    manifests: [...SHOP, destinationRule('cart', `host: ${CART}, subsets: [{ name: v9, labels: { version: v9 } }]`)],
  },
  {
    code: 'KIA0204',
    rule: 'MESH104',
    manifests: [
      ...SHOP,
      peers('default', 'mtls: { mode: STRICT }', 'istio-system'),
      destinationRule('cart', `host: ${CART}, trafficPolicy: { tls: { mode: DISABLE } }`),
    ],
  },
  {
    code: 'KIA0205',
    manifests: [...SHOP, destinationRule('cart', `host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }`)],
  },
  { code: 'KIA0206', manifests: [...SHOP, destinationRule('cart', `host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }`)] },
  {
    code: 'KIA0207',
    rule: 'MESH104',
    manifests: [
      ...SHOP,
      peers('default', 'mtls: { mode: STRICT }'),
      destinationRule('cart', `host: ${CART}, trafficPolicy: { tls: { mode: DISABLE } }`),
    ],
  },
  {
    code: 'KIA0208',
    rule: 'MESH104',
    manifests: [
      ...SHOP,
      peers('default', 'mtls: { mode: STRICT }', 'istio-system'),
      destinationRule('cart', `host: ${CART}, trafficPolicy: { tls: { mode: DISABLE } }`),
    ],
  },
  {
    code: 'KIA0209',
    rule: 'MESH351',
    manifests: [
      ...SHOP,
      destinationRule('cart', `host: ${CART}, subsets: [{ name: all }, { name: v1, labels: { version: v1 } }]`),
      virtualService(
        'cart',
        `hosts: [${CART}], http: [{ route: [{ destination: { host: ${CART}, subset: all }, weight: 50 }, { destination: { host: ${CART}, subset: v1 }, weight: 50 }] }]`,
      ),
    ],
  },
  ...['KIA0210', 'KIA0211'].map((code) => ({
    code,
    rule: 'MESH217',
    manifests: [...AMBIENT_SHOP, destinationRule('cart', `host: ${CART}, trafficPolicy: { connectionPool: { http: { maxRetries: 3 } } }`)],
  })),
  {
    code: 'KIA0212',
    rule: 'MESH352',
    manifests: [
      namespace('shop', WITH_WAYPOINT),
      ...AMBIENT_SHOP.slice(1),
      WAYPOINT,
      namespace('other', WITH_WAYPOINT),
      ...workload('pay', 'other'),
      destinationRule('cart', `host: ${CART}, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } }`, 'other'),
    ],
  },
  { code: 'KIA0301', rule: 'MESH407', manifests: [...EDGE, atEdge('a'), atEdge('b')] },
  { code: 'KIA0302', rule: 'MESH409', manifests: [...EDGE, atEdge('a', 'istio: ingres')] },
  ...['KIA0401', 'KIA0501'].map((code) => ({
    code,
    manifests: [...SHOP, peers('default', 'mtls: { mode: STRICT }', code === 'KIA0401' ? 'istio-system' : 'shop')],
  })),
  ...['KIA0505', 'KIA0506'].map((code) => ({
    code,
    rule: 'MESH110',
    manifests: [...SHOP, peers('default', 'mtls: { mode: DISABLE }', code === 'KIA0505' ? 'shop' : 'istio-system')],
  })),
  ...['KIA0601', 'KIA0602'].map((code) => ({
    code,
    rule: 'MESH105',
    manifests: [
      ...SHOP.slice(0, -1),
      service('cart', 'shop', code === 'KIA0601' ? '{ name: web, port: 8080 }' : '{ name: http, appProtocol: web, port: 8080 }'),
    ],
  })),
  {
    code: 'KIA0701',
    rule: 'MESH126',
    manifests: [...SHOP.slice(0, -1), service('cart', 'shop', '{ name: http, port: 8080, targetPort: web }')],
  },
  { code: 'KIA1004', rule: 'MESH308', manifests: [...SHOP, sidecar('cart', 'egress: [{ hosts: [./kart.shop.svc.cluster.local] }]')] },
  {
    code: 'KIA1006',
    rule: 'MESH116',
    manifests: [
      ...SHOP,
      namespace('istio-system'),
      ...workload('istiod', 'istio-system'),
      sidecar('cart', 'workloadSelector: { labels: { app: cart } }, egress: [{ hosts: [./*] }]', 'istio-system'),
    ],
  },
  { code: 'KIA1007', manifests: [...SHOP, sidecar('cart', 'outboundTrafficPolicy: {}, egress: [{ hosts: [./*] }]')] },
  {
    code: 'KIA1101',
    rule: 'MESH308',
    manifests: [...SHOP, virtualService('cart', 'hosts: [cart], http: [{ route: [{ destination: { host: kart } }] }]')],
  },
  {
    code: 'KIA1102',
    rule: 'MESH405',
    manifests: [...SHOP, virtualService('cart', `hosts: [shop.example.com], gateways: [gatevay], http: [{ ${TO_CART} }]`)],
  },
  {
    code: 'KIA1104',
    rule: 'MESH291',
    manifests: [...SHOP, virtualService('cart', `hosts: [cart], http: [{ route: [{ destination: { host: cart }, weight: 50 }] }]`)],
  },
  {
    code: 'KIA1105',
    rule: 'MESH351',
    manifests: [
      ...SHOP,
      virtualService(
        'cart',
        `hosts: [cart], http: [{ route: [{ destination: { host: cart }, weight: 50 }, { destination: { host: cart }, weight: 50 }] }]`,
      ),
    ],
  },
  {
    code: 'KIA1106',
    rule: 'MESH303',
    manifests: [...SHOP, ...['a', 'b'].map((name) => virtualService(name, `hosts: [cart], http: [{ ${TO_CART} }]`))],
  },
  {
    code: 'KIA1107',
    rule: 'MESH301',
    manifests: [...SHOP, virtualService('cart', 'hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v9 } }] }]')],
  },
  {
    code: 'KIA1108',
    manifests: [
      ...SHOP,
      ...EDGE,
      istioGateway(
        'gateway',
        'selector: { istio: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]',
      ),
      virtualService('cart', `hosts: [shop.example.com], gateways: [gateway], http: [{ ${TO_CART} }]`),
    ],
  },
  ...['KIA1109', 'KIA1113'].map((code) => ({
    code,
    rule: 'MESH217',
    manifests: [...AMBIENT_SHOP, virtualService('cart', `hosts: [${CART}], http: [{ ${TO_CART}, timeout: 5s }]`)],
  })),
  {
    code: 'KIA1114',
    rule: 'MESH352',
    manifests: [
      namespace('shop', 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint'),
      ...AMBIENT_SHOP.slice(1),
      gateway('waypoint', 'gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }]'),
      namespace('other', 'istio.io/dataplane-mode: ambient'),
      ...workload('pay', 'other'),
      virtualService('cart', `hosts: [${CART}], exportTo: ["."], http: [{ ${TO_CART}, timeout: 5s }]`, 'other'),
    ],
  },
  ...['KIA1110', 'KIA1115'].map((code) => ({ code, rule: 'MESH115', manifests: [...AMBIENT_SHOP, tokens('cart', `${PICKS}, ${JWT}`)] })),
  ...['KIA1111', 'KIA1116'].map((code) => ({ code, rule: 'MESH115', manifests: [...AMBIENT_SHOP, wasm('cart', PICKS)] })),
  ...['KIA1112', 'KIA1117'].map((code) => ({
    code,
    rule: 'MESH116',
    manifests: [...AMBIENT_SHOP, telemetry('cart', `${PICKS}, tracing: [{ randomSamplingPercentage: 5 }]`)],
  })),
  {
    code: 'KIA1211',
    rule: 'MESH311',
    manifests: [
      ...SHOP,
      ...['a', 'b'].map((name) =>
        serviceEntry(name, 'hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: tls, protocol: TLS }]'),
      ),
    ],
  },
  {
    code: 'KIA1212',
    rule: 'MESH311',
    manifests: [
      ...SHOP,
      ...['TLS', 'HTTP'].map((protocol) =>
        serviceEntry(
          protocol.toLowerCase(),
          `hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: port, protocol: ${protocol} }]`,
        ),
      ),
    ],
  },
  {
    code: 'KIA1301',
    rule: 'MESH282',
    manifests: [
      ...SHOP,
      ...workload('product'),
      service('product'),
      policy('product', 'selector: { matchLabels: { app: product } }, rules: [{}]'),
    ],
  },
  {
    code: 'KIA1311',
    rule: 'MESH101',
    manifests: [
      namespace('shop', 'istio.io/dataplane-mode: ambient'),
      ...workload('cart', 'shop', 'sidecar.istio.io/inject: "true", istio.io/dataplane-mode: ambient'),
    ],
  },
  {
    code: 'KIA1312',
    rule: 'MESH153',
    manifests: [
      namespace('shop', 'istio.io/use-waypoint: waypoint'),
      ...workload('cart'),
      gateway('waypoint', 'gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }]'),
    ],
  },
  {
    code: 'KIA1313',
    rule: 'MESH123',
    manifests: [namespace('shop', 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypont'), ...workload('cart')],
  },
  {
    code: 'KIA1314',
    rule: 'MESH101',
    manifests: [
      namespace('shop', 'istio-injection: disabled, istio.io/dataplane-mode: ambient'),
      ...workload('cart', 'shop', 'sidecar.istio.io/inject: "true"'),
    ],
  },
  {
    code: 'KIA1315',
    rule: 'MESH101',
    manifests: [namespace('shop', 'istio-injection: enabled, istio.io/dataplane-mode: ambient'), ...workload('cart')],
  },
  {
    code: 'KIA1316',
    manifests: [namespace('shop', 'istio.io/dataplane-mode: ambient'), ...workload('cart', 'shop', 'sidecar.istio.io/inject: "true"')],
  },
  { code: 'KIA1317', rule: 'MESH211', manifests: [...AMBIENT_SHOP, policy('cart', `${PICKS}, ${BY_GET}`)] },
  {
    code: 'KIA1401',
    rule: 'MESH405',
    manifests: [...SHOP, httpRoute('cart', `parentRefs: [{ name: gatevay }], rules: [{ backendRefs: [{ name: cart, port: 8080 }] }]`)],
  },
  {
    code: 'KIA1402',
    rule: 'MESH308',
    manifests: [
      ...SHOP,
      gateway('gateway', `gatewayClassName: istio, listeners: [${listener('http')}]`),
      httpRoute('cart', 'parentRefs: [{ name: gateway }], rules: [{ backendRefs: [{ name: kart, port: 8080 }] }]'),
    ],
  },
  ...['KIA1501', 'KIA1502'].map((code) => ({
    code,
    manifests: ['a', 'b'].map((name) =>
      gateway(name, `gatewayClassName: istio, listeners: [${listener('http', 'hostname: shop.example.com')}]`),
    ),
  })),
  {
    code: 'KIA1503',
    rule: 'MESH407',
    manifests: [
      ...SHOP,
      gateway(
        'gateway',
        `gatewayClassName: istio, listeners: [${listener('a', 'hostname: shop.example.com')}, ${listener('b', 'hostname: shop.example.com')}]`,
      ),
    ],
  },
  {
    code: 'KIA1601',
    rule: 'MESH228',
    manifests: [
      ...SHOP,
      namespace('edge'),
      ...workload('web', 'edge'),
      gateway('gateway', `gatewayClassName: istio, listeners: [${listener('http')}]`, 'edge'),
      httpRoute('cart', 'parentRefs: [{ name: gateway }], rules: [{ backendRefs: [{ name: cart, namespace: shop, port: 8080 }] }]', 'edge'),
      referenceGrant(
        'cart',
        'from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: egde }], to: [{ group: "", kind: Service }]',
      ),
    ],
  },
  {
    code: 'KIA1701',
    rule: 'MESH158',
    manifests: [...SHOP, workloadGroup('machines', 'metadata: { labels: { app: mainframe } }, template: { serviceAccount: mainframe }')],
  },
  {
    code: 'KIA1702',
    rule: 'MESH159',
    manifests: [
      ...SHOP,
      object('v1', 'ServiceAccount', 'mainframe', '', 'shop'),
      ...['a', 'b'].map((name) => workloadGroup(name, 'metadata: { labels: { app: mainframe } }, template: { serviceAccount: mainframe }')),
    ],
  },
];
