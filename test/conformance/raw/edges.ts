import fc from 'fast-check';
import { DOORS, few, METHODS, mostly, NAMESPACES, one, plain, rarely, SERVICES, sparse, written, type Written } from './pools';

const GATEWAY_API = 'gateway.networking.k8s.io/v1';

const backend = fc
  .record({
    name: one(Object.values(SERVICES).flat()),
    namespace: rarely(one(NAMESPACES)),
    port: one([80, 8080]),
    weight: rarely(one([0, 1, 3])),
  })
  .map(plain);
const byteBackend = backend.map((ref) => ({ ...ref, port: 9000 }));

const path = fc.record({ type: one(['PathPrefix', 'Exact']), value: one(['/', '/items', '/items/1', '/admin']) });
const named = (names: readonly string[]) =>
  fc.record({ name: one(names), value: one(['alice', 'bob', '1']), type: rarely(fc.constant('Exact')) });
const match = sparse({
  path: fc.oneof(
    { weight: 5, arbitrary: path },
    { weight: 1, arbitrary: fc.constant({ type: 'RegularExpression', value: '/items/[0-9]+' }) },
  ),
  method: one(METHODS),
  headers: few(named(['x-user', 'x-version']), 1),
  queryParams: few(named(['page']), 1),
});

const rewriteTo = (hostname?: string, value?: string) => ({
  type: 'URLRewrite',
  urlRewrite: plain({ hostname, path: value ? { type: 'ReplaceFullPath', replaceFullPath: value } : undefined }),
});
const filter = fc.oneof(
  one([rewriteTo('other.example.com'), rewriteTo(undefined, '/new'), rewriteTo('cart', '/items')]),
  one(['alice', 'v1']).map((value) => ({
    type: 'RequestHeaderModifier',
    requestHeaderModifier: { set: [{ name: 'x-user', value }] },
  })),
  fc
    .record({ name: one(['cart', 'web']), port: fc.constant(8080) })
    .map((backendRef) => ({ type: 'RequestMirror', requestMirror: { backendRef } })),
);
const redirect = sparse({
  hostname: one(['other.example.com']),
  scheme: one(['https', 'http']),
  port: one([8443]),
  statusCode: one([301, 302]),
})
  .filter((fields) => Object.keys(fields).length > 0)
  .map((requestRedirect) => ({ type: 'RequestRedirect', requestRedirect }));

const rule = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      name: rarely(one(['first'])),
      matches: mostly(few(match)),
      backendRefs: mostly(few(backend)),
      filters: rarely(few(filter, 1)),
      timeouts: rarely(fc.constant({ request: '5s' })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ matches: mostly(few(match)), filters: redirect.map((said) => [said]) }) },
);

const toService = fc
  .record({ name: one(Object.values(SERVICES).flat()), namespace: rarely(one(NAMESPACES)), port: rarely(one([80, 8080])) })
  .map((ref) => plain({ group: '', kind: 'Service', ...ref }));
const toGateway = fc
  .record({ sectionName: rarely(one(['http', 'https', 'bank', 'tls', 'tcp'])), port: rarely(one([80, 443])) })
  .map((ref) => plain({ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'front', namespace: 'edge', ...ref }));
const toSet = fc.constant({ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'more', namespace: 'bank' });
const parents = few(
  fc.oneof({ weight: 4, arbitrary: toService }, { weight: 5, arbitrary: toGateway }, { weight: 1, arbitrary: toSet }),
  2,
).map((refs) => {
  const seen = new Map(refs.map((ref) => [`${ref.kind} ${ref.name}`, ref]));
  return [...seen.values()];
});
const hostnames = fc.option(few(one([...DOORS, '*.example.com', 'cart.example.com'])), { nil: undefined, freq: 3 });

export const httpRoute: fc.Arbitrary<Written> = written(
  GATEWAY_API,
  'HTTPRoute',
  NAMESPACES,
  ['a', 'b', 'c'],
  fc
    .record({ parentRefs: parents, hostnames, rules: few(rule) })
    .map(({ hostnames: names, ...said }) => plain({ ...said, hostnames: names && [...new Set(names)] })),
);

const byteParents = few(
  fc.oneof(
    toService.map((ref) => ({ ...ref, port: 9000 })),
    toGateway.map(({ port: _, ...ref }) => ref),
  ),
  1,
);

export const tcpRoute: fc.Arbitrary<Written> = written(
  'gateway.networking.k8s.io/v1',
  'TCPRoute',
  NAMESPACES,
  ['a', 'b'],
  fc.record({ parentRefs: byteParents, rules: few(fc.record({ backendRefs: few(byteBackend) }), 1) }),
);

export const tlsRoute: fc.Arbitrary<Written> = written(
  'gateway.networking.k8s.io/v1',
  'TLSRoute',
  NAMESPACES,
  ['a', 'b'],
  fc.record({
    parentRefs: byteParents,
    hostnames: few(one([...DOORS, '*.example.com']), 1),
    rules: few(fc.record({ backendRefs: few(byteBackend) }), 1),
  }),
);

const from = fc.option(
  one([{ from: 'All' }, { from: 'Same' }, { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }]),
  { nil: undefined, freq: 6 },
);
const listener = fc
  .record({
    kind: one([
      { name: 'http', port: 80, protocol: 'HTTP' },
      { name: 'http', port: 80, protocol: 'HTTP', hostname: '*.example.com' },
      { name: 'bank', port: 80, protocol: 'HTTP', hostname: 'bank.example.com' },
      { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'cert' }] } },
      { name: 'tls', port: 8443, protocol: 'TLS', tls: { mode: 'Passthrough' } },
      { name: 'tcp', port: 9000, protocol: 'TCP' },
    ]),
    namespaces: from,
  })
  .map(({ kind, namespaces }) => plain({ ...kind, allowedRoutes: namespaces && { namespaces } }));
const listeners = (most: number) => fc.uniqueArray(listener, { selector: ({ name }) => name, minLength: 1, maxLength: most });

/** The door that istiod deploys by itself. */
export const kubernetesGateway: fc.Arbitrary<Written> = fc
  .record({ listeners: listeners(4), sets: fc.option(one(['All', 'Same']), { nil: undefined }) })
  .map(({ listeners: open, sets }) => ({
    apiVersion: GATEWAY_API,
    kind: 'Gateway',
    metadata: { name: 'front', namespace: 'edge' },
    spec: plain({ gatewayClassName: 'istio', listeners: open, allowedListeners: sets && { namespaces: { from: sets } } }),
  }));

export const listenerSet: fc.Arbitrary<Written> = listeners(2).map((open) => ({
  apiVersion: GATEWAY_API,
  kind: 'ListenerSet',
  metadata: { name: 'more', namespace: 'bank' },
  spec: { parentRef: { name: 'front', namespace: 'edge' }, listeners: open.map((said) => ({ ...said, port: said.port + 1 })) },
}));

export const referenceGrant: fc.Arbitrary<Written> = written(
  'gateway.networking.k8s.io/v1beta1',
  'ReferenceGrant',
  NAMESPACES,
  ['a', 'b'],
  fc
    .record({
      from: few(
        fc.record({
          group: fc.constant('gateway.networking.k8s.io'),
          kind: one(['HTTPRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute']),
          namespace: one(NAMESPACES),
        }),
      ),
      name: rarely(one(['cart', 'ledger', 'web'])),
    })
    .map(({ from: who, name }) => ({ from: who, to: [plain({ group: '', kind: 'Service', name })] })),
);

const server = fc
  .record({
    port: one([
      { number: 80, name: 'http', protocol: 'HTTP' },
      { number: 8080, name: 'http-2', protocol: 'HTTP' },
      { number: 443, name: 'https', protocol: 'HTTPS' },
      { number: 8443, name: 'tls', protocol: 'TLS' },
      { number: 9000, name: 'tcp', protocol: 'TCP' },
    ]),
    hosts: few(one([...DOORS, '*', '*.example.com', './shop.example.com', 'shop/*', 'bank/bank.example.com'])),
    redirects: rarely(fc.constant(true)),
  })
  .map(({ port, hosts, redirects }) => ({ port, hosts: [...new Set(hosts)], tls: tlsOf(port.protocol, redirects) }));

function tlsOf(protocol: string, httpsRedirect: boolean | undefined): object | undefined {
  if (protocol === 'HTTPS') return { mode: 'SIMPLE', credentialName: 'cert' };
  if (protocol === 'TLS') return { mode: 'PASSTHROUGH' };
  return protocol === 'HTTP' && httpsRedirect ? { httpsRedirect } : undefined;
}

/** A Gateway of Istio's own kind over pods that somebody installed. */
export const istioGateway: fc.Arbitrary<Written> = fc
  .uniqueArray(server, { selector: ({ port }) => port.number, minLength: 1, maxLength: 3 })
  .map((servers) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'edge' },
    spec: plain({ selector: { istio: 'ingress' }, servers }),
  }));

/** By which pods call those gateways as they call anybody. */
export const gatewayService: Written = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'public', namespace: 'edge' },
  spec: {
    selector: { istio: 'ingress' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'http-2', port: 8080 },
      { name: 'http-more', port: 8081, targetPort: 80 },
      { name: 'https', port: 443 },
      { name: 'tls', port: 8443 },
      { name: 'http-odd', port: 9443, targetPort: 443 },
      { name: 'tcp', port: 9000 },
      { name: 'shut', port: 9999 },
    ],
  },
};

/** What a VirtualService says for who comes in there. */
export const entering: fc.Arbitrary<Written> = written(
  'networking.istio.io/v1',
  'VirtualService',
  NAMESPACES,
  ['in', 'in-too'],
  fc
    .record({
      hosts: few(one([...DOORS, '*.example.com', '*', '*', 'public.edge.svc.cluster.local'])),
      gateways: one([['edge/public'], ['edge/public', 'mesh']]),
      exportTo: rarely(one([['.'], ['edge'], ['*']])),
      http: few(
        fc.record({
          match: mostly(few(fc.record({ uri: fc.record({ prefix: one(['/', '/items']) }) }), 1)),
          route: few(
            fc.record({ destination: fc.record({ host: one(['cart.shop.svc.cluster.local', 'ledger.bank.svc.cluster.local', 'cart']) }) }),
            1,
          ),
        }),
      ),
    })
    .map(({ hosts, ...said }) => {
      const names = [...new Set(hosts)];
      const isForMesh = said.gateways.includes('mesh') && names.includes('*');
      return plain({ ...said, hosts: isForMesh ? ['shop.example.com'] : names });
    }),
);
