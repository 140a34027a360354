import fc from 'fast-check';
import {
  APPS,
  few,
  ISSUERS,
  METHODS,
  mostly,
  NAMESPACES,
  one,
  plain,
  rarely,
  ROOT,
  SERVICES,
  sparse,
  written,
  type Written,
} from './pools';

const SECURITY = 'security.istio.io/v1';
const EVERYWHERE = [...NAMESPACES, ROOT];

const principals = one([
  'cluster.local/ns/shop/sa/web',
  'cluster.local/ns/shop/sa/cart',
  'cluster.local/ns/shop/sa/waypoint',
  'cluster.local/ns/bank/sa/*',
  '*/sa/web',
  '*',
  'other.domain/ns/shop/sa/web',
]);
// Of addresses that both sides give to pods by themselves the network alone is the same.
const blocks = one(['10.0.0.0/8', '10.99.0.7', '10.99.0.0/24', '0.0.0.0/0', '192.168.0.0/16', '192.168.0.7']);
const source = sparse({
  principals: few(principals),
  notPrincipals: few(principals),
  namespaces: few(one(['shop', 'bank', 'sh*', '*nk', '*'])),
  notNamespaces: few(one(['shop', 'bank', 'b*'])),
  ipBlocks: few(blocks),
  notIpBlocks: few(blocks),
  remoteIpBlocks: few(blocks),
  notRemoteIpBlocks: few(blocks),
  requestPrincipals: few(one([`${ISSUERS[0]}/alice`, `${ISSUERS[0]}/*`, '*', '*/alice'])),
  notRequestPrincipals: few(one([`${ISSUERS[1]}/*`, '*'])),
});
const accounts = fc.record({ serviceAccounts: few(one(['web', 'shop/web', 'bank/ledger', 'cart'])) });
const ports = one(['80', '8080', '9000']);
const paths = one(['/items', '/items/*', '/admin', '*', '*/price', '/{*}', '/items/{*}/price', '/items/{**}', '/{**}/price']);
const operation = sparse({
  ports: few(ports),
  notPorts: few(ports),
  methods: few(one([...METHODS, 'G*', '*'])),
  notMethods: few(one(METHODS)),
  paths: few(paths),
  notPaths: few(paths),
  hosts: few(one(['cart', 'cart.shop.svc.cluster.local', '*.cluster.local', 'CART*', 'shop.example.com', '*'])),
  notHosts: few(one(['cart.shop.svc.cluster.local', '*.example.com'])),
});

const condition = (key: string, values: readonly string[]) =>
  fc
    .record({ key: fc.constant(key), values: rarely(few(one(values))), notValues: rarely(few(one(values))) })
    .filter(({ values: yes, notValues: no }) => yes !== undefined || no !== undefined);
const when = fc.oneof(
  condition('source.principal', ['cluster.local/ns/shop/sa/web', '*']),
  condition('source.namespace', ['shop', 'b*']),
  condition('source.ip', ['10.0.0.0/8', '10.99.0.7']),
  condition('remote.ip', ['10.0.0.0/8', '0.0.0.0/0']),
  condition('destination.port', ['8080', '80']),
  condition('destination.ip', ['10.0.0.0/8', '192.168.0.0/16']),
  condition('source.serviceAccount', ['shop/web', 'web']),
  condition('source.trustDomain', ['cluster.local', '*']),
  condition('request.headers[x-user]', ['alice', 'a*', '*']),
  condition('request.auth.principal', [`${ISSUERS[0]}/alice`, '*']),
  condition('request.auth.audiences', ['shop', 'b*']),
  condition('request.auth.presenter', ['app', '*']),
  condition('request.auth.claims[role]', ['clerk', '*']),
  condition('request.auth.claims[nested][role]', ['clerk']),
  condition('connection.sni', ['cart.example.com', '*']),
);

/** Elements of rules lose what istiod would refuse: an empty source or operation. */
const notEmpty = <T extends object>(values: fc.Arbitrary<T>): fc.Arbitrary<T> => values.filter((value) => Object.keys(value).length > 0);

// Few fields at once, for a rule that asks for everything matches nothing.
const atMost = <T extends object>(values: fc.Arbitrary<T>, most: number) =>
  notEmpty(values.map((value) => Object.fromEntries(Object.entries(value).slice(0, most)) as T));

const rule = sparse({
  from: few(
    fc.oneof({ weight: 5, arbitrary: atMost(shuffled(source), 2) }, { weight: 1, arbitrary: accounts }).map((said) => ({ source: said })),
  ),
  to: few(atMost(shuffled(operation), 2).map((said) => ({ operation: said }))),
  when: few(when),
});

/** Which of the fields are kept goes by chance too. */
function shuffled<T extends object>(values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.tuple(values, fc.nat(20)).map(([value, turn]) => {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map((_, index) => entries[(index + turn) % entries.length])) as T;
  });
}

const selector = one(APPS).map((app) => ({ selector: { matchLabels: { app } } }));
const gatewayRef = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' };
const targets = fc.oneof(
  { weight: 5, arbitrary: one(Object.values(SERVICES).flat()).map((name) => ({ group: '', kind: 'Service', name })) },
  { weight: 2, arbitrary: fc.constant(gatewayRef) },
  { weight: 1, arbitrary: fc.constant({ ...gatewayRef, name: 'front' }) },
  { weight: 1, arbitrary: fc.constant({ ...gatewayRef, kind: 'GatewayClass', name: 'istio-waypoint' }) },
  { weight: 1, arbitrary: fc.constant({ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'entry' }) },
);
const attachment = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: selector },
  { weight: 4, arbitrary: few(targets).map((targetRefs) => ({ targetRefs: distinct(targetRefs) })) },
);

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

const action = fc.oneof(
  { weight: 5, arbitrary: fc.constant('ALLOW') },
  { weight: 4, arbitrary: fc.constant('DENY') },
  { weight: 1, arbitrary: fc.constant('AUDIT') },
);
const rules = fc.oneof({ weight: 1, arbitrary: fc.constant([{}]) }, { weight: 6, arbitrary: few(rule) });

/** A GatewayClass is named in the root namespace alone, and nothing else is named there. */
function isPlaced({ metadata, spec }: Written): boolean {
  const { targetRefs = [] } = spec as { readonly targetRefs?: readonly { readonly kind: string }[] };
  return targetRefs.every(({ kind }) => (kind === 'GatewayClass') === (metadata.namespace === ROOT));
}

export const authorizationPolicy: fc.Arbitrary<Written> = written(
  SECURITY,
  'AuthorizationPolicy',
  EVERYWHERE,
  ['a', 'b', 'c', 'd'],
  fc
    .record({ said: action, rules: mostly(rules), where: attachment, isSaid: fc.boolean() })
    // What denies or audits nothing is refused by the webhook.
    .map(({ said, rules: list = said === 'ALLOW' ? undefined : [{}], where, isSaid }) => {
      const named = said === 'ALLOW' && !isSaid ? undefined : said;
      return plain({ ...where, action: named, rules: list });
    }),
).filter(isPlaced);

const mode = one(['STRICT', 'PERMISSIVE', 'DISABLE', 'UNSET']).map((word) => ({ mode: word }));

/** Of the mesh, of a namespace, of some pods, and of a port. */
export const peerAuthentication: fc.Arbitrary<Written> = written(
  SECURITY,
  'PeerAuthentication',
  EVERYWHERE,
  ['default', 'pods'],
  fc
    .record({ app: fc.option(one(APPS)), mtls: mostly(mode), port: fc.option(fc.tuple(one(['8080', '9000', '80']), mode)) })
    .map(({ app, mtls, port }) =>
      plain({
        selector: app ? { matchLabels: { app } } : undefined,
        mtls,
        portLevelMtls: app && port ? { [port[0]]: port[1] } : undefined,
      }),
    ),
);

const jwtRule = fc.record({ issuer: one(ISSUERS), audiences: rarely(few(one(['shop', 'bank']))) });

export const requestAuthentication: fc.Arbitrary<Written> = written(
  SECURITY,
  'RequestAuthentication',
  EVERYWHERE,
  ['a', 'b'],
  fc.record({ where: attachment, jwtRules: few(jwtRule) }).map(({ where, jwtRules }) => {
    const issuers = jwtRules.map((said) => ({ ...said, jwksUri: `${said.issuer}/keys` }));
    return plain({ ...where, jwtRules: issuers });
  }),
).filter(isPlaced);

const peers = fc.oneof(
  one(APPS).map((app) => ({ podSelector: { matchLabels: { app } } })),
  one(NAMESPACES).map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
  fc.constant({ ipBlock: { cidr: '10.244.0.0/16' } }),
);

/** Nobody but the evaluator reads it; its `network` layer is left out where istiod is asked. */
export const networkPolicy: fc.Arbitrary<Written> = written(
  'networking.k8s.io/v1',
  'NetworkPolicy',
  NAMESPACES,
  ['a', 'b'],
  fc.record({ app: fc.option(one(APPS)), from: mostly(few(peers)), port: fc.option(one([8080, 9000, 15008])) }).map(({ app, from, port }) =>
    plain({
      podSelector: app ? { matchLabels: { app } } : {},
      ingress: [{ from, ports: port ? [{ port }] : undefined }],
    }),
  ),
);
