import { SHOP } from '../cli/run';

const policy = (name: string, spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;

const workload = (name: string, namespace: string, version = 'v1'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec: { serviceAccountName: ${name}, containers: [{ name: a, image: 'a:1', env: [{ name: PASSWORD, value: hunter2 }] }] }
`;

const service = (name: string, namespace: string, port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [${port}] }\n`;

/** A shop with sidecars that splits its orders, wants a token for refunds and keeps a database for one caller; a bank in ambient mode that is open; a host outside; a Secret. */
export const MESH = [
  SHOP,
  workload('order', 'shop', 'v1'),
  workload('order', 'shop', 'v2'),
  service('order', 'shop', '{ name: http, port: 80 }'),
  `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: order, namespace: shop }
spec: { host: order, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
`,
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: order, namespace: shop }
spec:
  hosts: [order]
  http: [{ route: [{ destination: { host: order, subset: v1 }, weight: 90 }, { destination: { host: order, subset: v2 }, weight: 10 }] }]
`,
  policy(
    'order',
    '{ selector: { matchLabels: { app: order } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/cart] } }] }] }',
  ),
  workload('refund', 'shop'),
  service('refund', 'shop', '{ name: grpc, port: 9090 }'),
  `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: users, namespace: shop }
spec: { jwtRules: [{ issuer: https://login.example.com, jwks: '{}' }] }
`,
  policy(
    'refund',
    '{ selector: { matchLabels: { app: refund } }, rules: [{ when: [{ key: "request.auth.claims[role]", values: [clerk] }] }] }',
  ),
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: bank, labels: { istio.io/dataplane-mode: ambient } }\n',
  workload('ledger', 'bank'),
  service('ledger', 'bank', '{ name: tcp, port: 5432 }'),
  `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: bank }
spec: { selector: { matchLabels: { app: ledger } }, rules: [{ from: [{ source: { namespaces: [shop] } }] }] }
`,
  workload('rates', 'bank'),
  service('rates', 'bank', '{ name: http, port: 8080 }'),
  `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: cards, namespace: bank }
spec: { hosts: [api.cards.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
`,
  'apiVersion: v1\nkind: Secret\nmetadata: { name: key, namespace: bank }\nstringData: { key: topsecret }\n',
].join('---\n');
