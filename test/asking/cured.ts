/** Something wrong in a text, and what its cure writes instead. */
export interface Cured {
  readonly code: string;
  readonly what: string;
  readonly text: string;
  readonly was: string;
  readonly now: string;
}

const policy = (spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: cart, namespace: shop }\nspec:\n${spec}`;
const rule = (spec: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: cart, namespace: shop }\nspec:\n  host: example.com\n${spec}`;

const service = (name: string, port = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80${port} }] }\n---\n`;
const pods = (name: string, annotation = 'a: b'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, version: v1 }, annotations: { ${annotation} } }
    spec: { serviceAccountName: ${name}, containers: [{ name: a, image: 'a:1' }] }
---
`;
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n---\n';
const SHOP = `${NAMESPACE}${service('catalog')}${pods('catalog')}`;
const route = (spec: string): string =>
  `${SHOP}apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: catalog, namespace: shop }\nspec:\n  hosts: [catalog]\n${spec}`;

/** One of each kind of cure that a rule has. */
export const CURES: readonly Cured[] = [
  {
    code: 'MESH119',
    what: 'a field with a letter too many',
    text: policy('  ruless: # all\n  - to: [{ operation: { methods: [GET] } }]\n'),
    was: 'ruless',
    now: 'rules',
  },
  {
    code: 'MESH119',
    what: 'a field in a list on one line, in quotes',
    text: policy(`  rules: [{ to: [{ operation: { 'method': [GET] } }] }]\n`),
    was: "'method'",
    now: "'methods'",
  },
  {
    code: 'MESH119',
    what: 'a field in the words of another style',
    text: rule('  traffic_policy:\n    tls: { mode: SIMPLE, sni: example.com, credentialName: a }\n'),
    was: 'traffic_policy',
    now: 'trafficPolicy',
  },
  {
    code: 'MESH119',
    what: 'a word',
    text: rule('  trafficPolicy: {tls: {mode: "Istio_Mutal"}}\n'),
    was: '"Istio_Mutal"',
    now: '"ISTIO_MUTUAL"',
  },
  {
    code: 'MESH119',
    what: 'a number that should be a text, which keeps its digits',
    text: rule('  subsets:\n  - name: one\n    labels:\n      version: 1.10 # ten\n'),
    was: '1.10 #',
    now: '"1.10" #',
  },
  {
    code: 'MESH119',
    what: 'a text that should be a number',
    text: rule("  trafficPolicy:\n    outlierDetection:\n      consecutive5xxErrors: '5'\n"),
    was: "'5'",
    now: '5',
  },
  {
    code: 'MESH119',
    what: 'a version that no cluster serves',
    text: policy('  {}\n').replace('security.istio.io/v1', 'security.istio.io/v1alpha1'),
    was: 'security.istio.io/v1alpha1',
    now: 'security.istio.io/v1',
  },
  {
    code: 'MESH263',
    what: 'a method in small letters',
    text: policy('  rules:\n  - to:\n    - operation:\n        methods:\n        - get\n'),
    was: '- get',
    now: '- GET',
  },
  {
    code: 'MESH269',
    what: 'a namespace with a letter missing',
    text: policy('  rules: [{ from: [{ source: { namespaces: ["shp"] } }] }]\n').replaceAll('shop', 'shops').replace('shp', 'shos'),
    was: '"shos"',
    now: '"shops"',
  },
  {
    code: 'MESH269',
    what: 'a namespace of an identity',
    text: policy('  rules: [{ from: [{ source: { principals: [cluster.local/ns/shpo/sa/till] } }] }]\n'),
    was: 'ns/shpo/',
    now: 'ns/shop/',
  },
  {
    code: 'MESH105',
    what: 'a protocol in the wrong letters',
    text: `${SHOP.replace('port: 80', 'port: 80, appProtocol: htpp')}`,
    was: 'htpp',
    now: 'http',
  },
  {
    code: 'MESH123',
    what: 'a waypoint with a letter missing',
    text: `${pods('catalog')}${service('catalog')}apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypont } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
    was: 'waypont',
    now: 'waypoint',
  },
  {
    code: 'MESH124',
    what: 'an image of the old place',
    text: pods('catalog').replace("'a:1'", "'gcr.io/istio-release/proxyv2:1.30.0'"),
    was: "'gcr.io/istio-release/proxyv2:1.30.0'",
    now: "'docker.io/istio/proxyv2:1.30.0'",
  },
  {
    code: 'MESH147',
    what: 'an annotation with a letter wrong',
    text: pods('catalog', 'sidecar.istio.io/proxyCPUs: 100m'),
    was: 'sidecar.istio.io/proxyCPUs',
    now: 'sidecar.istio.io/proxyCPU',
  },
  {
    code: 'MESH148',
    what: 'a word of an annotation in small letters',
    text: pods('catalog', "sidecar.istio.io/interceptionMode: 'tproxy'"),
    was: "'tproxy'",
    now: "'TPROXY'",
  },
  {
    code: 'MESH247',
    what: 'the scheme of an identity',
    text: policy("  rules:\n  - when: [{ key: source.principal, values: ['spiffe://cluster.local/ns/shop/sa/cart'] }]\n"),
    was: 'spiffe://',
    now: '',
  },
  {
    code: 'MESH281',
    what: 'a host of a policy',
    text: `${SHOP}${policy('  rules:\n  - to: [{ operation: { hosts: ["catalgo.shop.svc.cluster.local:80"] } }]\n')}`,
    was: 'catalgo',
    now: 'catalog',
  },
  {
    code: 'MESH293',
    what: 'an old version',
    text: policy('  {}\n').replace('security.istio.io/v1', 'security.istio.io/v1beta1'),
    was: 'security.istio.io/v1beta1',
    now: 'security.istio.io/v1',
  },
  {
    code: 'MESH294',
    what: 'a version that few clusters serve',
    text: 'apiVersion: "gateway.networking.k8s.io/v1alpha2"\nkind: TCPRoute\nmetadata: { name: db, namespace: shop }\nspec: { parentRefs: [{ name: edge, namespace: edge }] }\n',
    was: 'v1alpha2',
    now: 'v1',
  },
  {
    code: 'MESH301',
    what: 'a subset with a letter missing',
    text: `${route('  http: [{ route: [{ destination: { host: catalog, subset: stble } }] }]\n')}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalog, namespace: shop }
spec: { host: catalog, subsets: [{ name: stable, labels: { version: v1 } }] }
`,
    was: 'stble',
    now: 'stable',
  },
  {
    code: 'MESH308',
    what: 'a host with two letters changed, as a name',
    text: route('  http: [{ route: [{ destination: { host: catalgo } }] }]\n'),
    was: 'catalgo',
    now: 'catalog',
  },
  {
    code: 'MESH308',
    what: 'a host with two letters changed, in full',
    text: route('  http:\n  - route:\n    - destination:\n        host: "catalgo.shop.svc.cluster.local"\n'),
    was: 'catalgo',
    now: 'catalog',
  },
  {
    code: 'MESH308',
    what: 'a host that is written by half',
    text: route('  http: [{ route: [{ destination: { host: catalog.shop } }] }]\n'),
    was: 'catalog.shop',
    now: 'catalog.shop.svc.cluster.local',
  },
  {
    code: 'MESH350',
    what: 'an old word for who is asked next',
    text: rule('  trafficPolicy: { loadBalancer: { simple: LEAST_CONN } }\n'),
    was: 'LEAST_CONN',
    now: 'LEAST_REQUEST',
  },
  {
    code: 'MESH352',
    what: 'a namespace that an object is shown to',
    text: route('  exportTo: [., sho]\n  http: [{ route: [{ destination: { host: catalog } }] }]\n')
      .replaceAll(/\bshop\b/g, 'market')
      .replace('sho]', 'markt]'),
    was: 'markt]',
    now: 'market]',
  },
  {
    code: 'MESH357',
    what: 'a host of the mesh that is written by half',
    text: `${SHOP}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: shop }
spec: { hosts: [catalog.shop], http: [{ route: [{ destination: { host: catalog } }] }] }
`,
    was: 'catalog.shop]',
    now: 'catalog.shop.svc.cluster.local]',
  },
  {
    code: 'MESH358',
    what: 'a number that is written as a text',
    text: 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { selector: { app: cart }, ports: [{ name: http, port: "80" }] }\n',
    was: '"80"',
    now: '80',
  },
  {
    code: 'MESH359',
    what: 'an account with a letter too many',
    text: `${NAMESPACE}${['front-page', 'orders']
      .map(
        (name) => `apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name.replace('orders', 'orderss')}, containers: [{ name: a, image: a:1 }] } } }
`,
      )
      .join('---\n')}`,
    was: 'orderss',
    now: 'orders',
  },
  {
    code: 'MESH405',
    what: 'a gateway with a letter missing',
    text: `${route('  gateways: [mesh, fronte]\n  http: [{ route: [{ destination: { host: catalog } }] }]\n')}---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: frontdoor, namespace: shop }
spec: { selector: { app: catalog }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`.replace('fronte]', 'frontdor]'),
    was: 'frontdor]',
    now: 'frontdoor]',
  },
  {
    code: 'MESH409',
    what: 'a label of the pods of a gateway',
    text: `${SHOP}apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec: { selector: { app: catalgo }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`,
    was: 'catalgo',
    now: 'catalog',
  },
];
