import fc from 'fast-check';
import { few, hosts, METHODS, mostly, NAMESPACES, one, OUTSIDE, plain, rarely, ROOT, sparse, written, type Written } from './pools';

const NETWORKING = 'networking.istio.io/v1';
const APPS_OF = { cart: 'shop', ledger: 'bank' } as const;

const uri = fc.oneof(
  fc.record({ prefix: one(['/items', '/items/', '/', '/admin']) }),
  fc.record({ exact: one(['/items', '/items/1', '/admin']) }),
  fc.record({ regex: one(['/items/[0-9]+', '/.*', '(?i)/ITEMS']) }),
);
const text = fc.oneof(
  fc.record({ exact: one(['alice', 'bob']) }),
  fc.record({ prefix: one(['a', 'b']) }),
  fc.record({ regex: one(['a.*', '[a-z]+']) }),
);
const headerName = one(['x-user', 'x-version']);
const matchFields = sparse({
  uri,
  method: one(METHODS).map((exact) => ({ exact })),
  headers: fc.dictionary(headerName, fc.oneof(text, fc.constant({})), { minKeys: 1, maxKeys: 2 }),
  withoutHeaders: fc.dictionary(headerName, fc.oneof(text, fc.constant({})), { minKeys: 1, maxKeys: 1 }),
  queryParams: fc.dictionary(one(['page']), fc.oneof(fc.record({ exact: one(['1', '2']) }), fc.record({ regex: one(['[0-9]+']) })), {
    minKeys: 1,
    maxKeys: 1,
  }),
  sourceLabels: one([{ app: 'web' }, { app: 'cart', version: 'v1' }]),
  sourceNamespace: one(NAMESPACES),
  port: one([80, 8080]),
  ignoreUriCase: fc.constant(true),
  authority: one([{ exact: 'cart' }, { prefix: 'cart' }]),
  gateways: one([['mesh'], ['public'], ['edge/public', 'mesh']]),
});
/** Three of the fields at most, whichever. */
const match = fc
  .tuple(matchFields, fc.nat(30), fc.integer({ min: 1, max: 3 }))
  .map(([fields, turn, most]) => {
    const entries = Object.entries(fields);
    return Object.fromEntries(entries.map((_, index) => entries[(index + turn) % entries.length]).slice(0, most));
  })
  .filter((fields) => Object.keys(fields).length > 0 && !('ignoreUriCase' in fields && !('uri' in fields)));

const destination = fc.record({
  host: hosts,
  subset: rarely(one(['v1', 'v2', 'all'])),
  port: rarely(one([80, 8080, 9000]).map((number) => ({ number }))),
});

/** One without a weight, or shares that make a whole. */
const shares = fc.oneof(
  { weight: 3, arbitrary: destination.map((to) => [{ destination: to }]) },
  {
    weight: 2,
    arbitrary: fc.tuple(destination, destination, one([0, 10, 50, 100])).map(([a, b, weight]) => [
      { destination: a, weight },
      { destination: b, weight: 100 - weight },
    ]),
  },
);
const changes = sparse({
  request: sparse({
    set: fc.dictionary(headerName, one(['alice', 'v1']), { minKeys: 1, maxKeys: 1 }),
    add: fc.dictionary(headerName, one(['alice', 'bob']), { minKeys: 1, maxKeys: 1 }),
    remove: few(headerName, 1),
  }),
});
const onward = fc.record({
  route: shares,
  rewrite: rarely(
    fc.oneof(
      fc.record({ uri: one(['/', '/items', '/new/']) }),
      fc.record({ authority: one(['other.example.com', 'cart']) }),
      fc.record({ uriRegexRewrite: fc.constant({ match: '^/items/([0-9]+)', rewrite: '/item/\\1' }) }),
    ),
  ),
  fault: rarely(fc.constant({ delay: { fixedDelay: '1s', percentage: { value: 50 } } })),
  mirror: rarely(hosts.map((host) => ({ host }))),
  timeout: rarely(one(['1s', '5s'])),
  retries: rarely(fc.record({ attempts: one([0, 2]) })),
  headers: rarely(changes),
});
const answers = fc.oneof(
  fc.record({
    redirect: sparse({
      uri: one(['/new', '/items/2']),
      authority: one(['other.example.com']),
      redirectCode: one([301, 302, 307]),
      scheme: one(['https']),
      port: one([8443]),
    }).filter((fields) => Object.keys(fields).length > 0),
  }),
  fc.record({ directResponse: fc.record({ status: one([200, 404, 503]) }) }),
);
const name = rarely(one(['first', 'second']));
const httpRoute = fc
  .tuple(fc.record({ name, match: mostly(few(match)) }), fc.oneof({ weight: 6, arbitrary: onward }, { weight: 1, arbitrary: answers }))
  .map(([which, what]) => ({ ...which, ...what }));
const delegating = fc.record({
  match: mostly(few(fc.record({ uri }), 1)),
  delegate: sparse({ name: one(['a', 'b', 'c']), namespace: one(NAMESPACES) }).filter((fields) => 'name' in fields),
});

const l4Match = sparse({
  port: one([80, 8080, 9000]),
  sourceLabels: one([{ app: 'web' }]),
  destinationSubnets: one([['10.0.0.0/8'], ['192.168.0.0/16']]),
  gateways: one([['mesh'], ['edge/public']]),
}).filter((fields) => Object.keys(fields).length > 0);
const tcpRoute = fc.record({ match: mostly(few(l4Match, 1)), route: shares });
const tlsRoute = fc.record({
  match: few(fc.record({ sniHosts: few(one(['shop.example.com', 'cart.shop.svc.cluster.local'])), port: rarely(one([9000, 443])) }), 1),
  route: shares,
});

const exportTo = rarely(one([['.'], ['*'], ['shop'], ['bank', 'edge']]));
const boundTo = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: one([['mesh'], ['mesh', 'edge/public'], ['edge/public'], ['public']]) },
);
const owned = fc.oneof(
  { weight: 6, arbitrary: hosts.map((host) => [host]) },
  { weight: 2, arbitrary: few(hosts) },
  { weight: 1, arbitrary: one([['*.shop.svc.cluster.local'], ['*.example.com'], ['shop.example.com']]) },
);

const whole = fc
  .record({
    hosts: owned,
    gateways: boundTo,
    exportTo,
    http: fc.oneof({ weight: 6, arbitrary: few(httpRoute) }, { weight: 1, arbitrary: few(fc.oneof(httpRoute, delegating)) }),
    tcp: mostly(few(tcpRoute, 1)),
    tls: mostly(few(tlsRoute, 1)),
    which: one(['http', 'http', 'http', 'tcp', 'tls', 'all']),
  })
  .map(({ http, tcp, tls, which, ...rest }) => {
    if (which === 'http' || (which === 'tcp' && !tcp) || (which === 'tls' && !tls)) return { ...rest, http };
    return which === 'all' ? { ...rest, http, tcp, tls } : { ...rest, ...(which === 'tcp' ? { tcp } : { tls }) };
  });
/** What is followed by name alone. */
const followed = fc.record({ exportTo, http: few(httpRoute) });

export const virtualService: fc.Arbitrary<Written> = written(
  NETWORKING,
  'VirtualService',
  NAMESPACES,
  ['a', 'b', 'c'],
  fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: followed }).map(plain),
);

const tls = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ mode: 'ISTIO_MUTUAL' }) },
  { weight: 2, arbitrary: fc.constant({ mode: 'DISABLE' }) },
  { weight: 1, arbitrary: fc.constant({ mode: 'SIMPLE' }) },
);
const subset = fc.record({
  name: one(['v1', 'v2', 'all']),
  labels: fc.option(one([{ version: 'v1' }, { version: 'v2' }, { app: 'cart' }]), { nil: undefined, freq: 5 }),
  trafficPolicy: rarely(fc.record({ tls })),
});

export const destinationRule: fc.Arbitrary<Written> = written(
  NETWORKING,
  'DestinationRule',
  [...NAMESPACES, ROOT],
  ['a', 'b'],
  fc
    .record({
      host: fc.oneof({ weight: 8, arbitrary: hosts }, { weight: 1, arbitrary: one(['*.shop.svc.cluster.local', '*.local']) }),
      subsets: mostly(fc.uniqueArray(subset, { selector: (said) => said.name, minLength: 1, maxLength: 3 })),
      exportTo,
      trafficPolicy: rarely(fc.record({ tls })),
      workloadSelector: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constant({ matchLabels: { app: 'web' } }) },
      ),
    })
    .map(plain),
);

export const sidecar: fc.Arbitrary<Written> = written(
  NETWORKING,
  'Sidecar',
  [...NAMESPACES, ROOT],
  ['default', 'pods'],
  fc
    .record({
      app: fc.option(one(Object.keys(APPS_OF))),
      listed: few(
        one(['./*', '*/*', '~/*', 'bank/*', 'shop/cart.shop.svc.cluster.local', '*/api.example.com', './cart.shop.svc.cluster.local']),
      ),
      isListed: mostly(fc.constant(true)),
      mode: fc.option(one(['REGISTRY_ONLY', 'ALLOW_ANY'])),
    })
    .map(({ app, listed, isListed, mode }) =>
      plain({
        workloadSelector: app ? { labels: { app } } : undefined,
        egress: isListed ? [{ hosts: [...new Set(listed.includes('~/*') ? ['~/*'] : listed)] }] : undefined,
        outboundTrafficPolicy: mode ? { mode } : undefined,
      }),
    ),
);

const ENTRY_PORTS = [
  { number: 80, name: 'http', protocol: 'HTTP' },
  { number: 443, name: 'tls', protocol: 'TLS' },
  { number: 443, name: 'https', protocol: 'HTTPS' },
  { number: 9000, name: 'tcp', protocol: 'TCP' },
];

const serviceEntryOf = (name: string, known: readonly string[]): fc.Arbitrary<Written> =>
  written(
    NETWORKING,
    'ServiceEntry',
    NAMESPACES,
    [name],
    fc
      .record({
        hosts: few(one(known), 1),
        resolution: one(['DNS', 'NONE', 'STATIC']),
        location: one(['MESH_EXTERNAL', 'MESH_INTERNAL']),
        ports: fc.uniqueArray(one(ENTRY_PORTS), { selector: ({ number }) => number, minLength: 1, maxLength: 2 }),
        exportTo,
        app: one(['cart', 'ledger']),
      })
      .map(({ app, ...said }) => {
        if (said.resolution !== 'STATIC') return plain(said);
        // What is static says where: at some pods.
        const ports = said.ports.map((port) => ({ ...port, targetPort: port.protocol === 'HTTP' ? 8080 : 9000 }));
        return plain({ ...said, ports, location: 'MESH_INTERNAL', workloadSelector: { labels: { app } } });
      }),
  );

export const serviceEntry = fc.oneof(
  serviceEntryOf('entry', [...OUTSIDE.slice(0, 2), 'api.cards.example.com']),
  serviceEntryOf('other', [...OUTSIDE.slice(1), 'pods.example.com']),
);
