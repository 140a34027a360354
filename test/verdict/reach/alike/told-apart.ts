import fc from 'fast-check';

const NAMESPACES = ['a', 'b', 'c'];
const WORKLOADS = ['one', 'two', 'three'];

const place = fc.constantFrom(...NAMESPACES);
const workload = fc.constantFrom(...WORKLOADS);
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 2 });
const labels = fc.oneof(
  workload.map((app) => ({ app })),
  fc.constantFrom({ tier: 'web' }, { tier: 'data' }),
);
const host = fc.tuple(workload, place).map(([name, namespace]) => `${name}.${namespace}.svc.cluster.local`);

const principal = fc.oneof(
  fc.tuple(place, workload).map(([namespace, account]) => `cluster.local/ns/${namespace}/sa/${account}`),
  fc.constantFrom('*', '*/sa/one', 'cluster.local/ns/a/*'),
);
const source = fc.oneof(
  some(principal).map((principals) => ({ principals })),
  some(principal).map((notPrincipals) => ({ notPrincipals })),
  some(place).map((namespaces) => ({ namespaces })),
  some(workload).map((serviceAccounts) => ({ serviceAccounts })),
  fc.constantFrom({ ipBlocks: ['10.244.0.0/31'] }, { notRemoteIpBlocks: ['10.244.0.4/30'] }, { requestPrincipals: ['*'] }),
);
const condition = fc.oneof(
  place.map((name) => ({ key: 'source.namespace', notValues: [name] })),
  principal.map((name) => ({ key: 'source.principal', values: [name] })),
  fc.constantFrom(
    { key: 'source.unheard', values: ['x'] },
    { key: 'request.headers[x-a]', values: ['1'] },
    { key: 'source.ip', values: ['10.244.0.0/30'] },
  ),
);
const rule = fc.record(
  {
    from: some(source.map((one) => ({ source: one }))),
    to: fc.constantFrom([{ operation: { paths: ['/x/*'] } }], [{ operation: { methods: ['GET'] } }], [{ operation: { ports: ['8080'] } }]),
    when: some(condition),
  },
  { requiredKeys: [] },
);
const peer = fc.oneof(
  labels.map((matchLabels) => ({ podSelector: { matchLabels } })),
  place.map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
  fc.tuple(labels, place).map(([matchLabels, name]) => ({
    podSelector: { matchLabels },
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [name] }] },
  })),
  fc.constantFrom({ ipBlock: { cidr: '10.244.0.0/30', except: ['10.244.0.1/32'] } }, { ipBlock: { cidr: '0.0.0.0/0' } }),
);
const ports = fc.constantFrom(undefined, [{ port: 8080 }], [{ port: 15008 }]);
const ingress = fc.record({ from: fc.option(some(peer), { nil: undefined }), ports });
const egress = fc.record({ to: fc.option(some(peer), { nil: undefined }), ports });

const spec = fc.oneof(
  fc.record({
    kind: fc.constant('AuthorizationPolicy'),
    spec: fc.record({
      action: fc.constantFrom('ALLOW', 'DENY'),
      rules: fc.array(rule, { maxLength: 2 }),
      selector: fc.option(
        labels.map((matchLabels) => ({ matchLabels })),
        { nil: undefined },
      ),
    }),
  }),
  fc.record({
    kind: fc.constant('NetworkPolicy'),
    spec: fc.record({ podSelector: labels.map((matchLabels) => ({ matchLabels })), ingress: fc.array(ingress, { maxLength: 2 }) }),
  }),
  fc.record({
    kind: fc.constant('NetworkPolicy'),
    spec: fc.record({
      podSelector: labels.map((matchLabels) => ({ matchLabels })),
      egress: fc.array(egress, { maxLength: 2 }),
      policyTypes: fc.constant(['Egress']),
    }),
  }),
  fc.record({
    kind: fc.constant('Sidecar'),
    spec: fc.record({
      workloadSelector: fc.option(
        labels.map((one) => ({ labels: one })),
        { nil: undefined },
      ),
      egress: some(
        fc.record({
          hosts: some(
            fc.oneof(
              fc.constantFrom('./*', '*/*', 'b/*', '~b/*', 'b/*.svc.cluster.local'),
              fc.tuple(fc.constantFrom('.', '*', 'a', 'b'), host).map((parts) => parts.join('/')),
            ),
          ),
        }),
      ),
      outboundTrafficPolicy: fc.constantFrom({ mode: 'REGISTRY_ONLY' }, undefined),
    }),
  }),
  fc.record({
    kind: fc.constant('VirtualService'),
    spec: fc
      .tuple(
        host,
        host,
        fc.constantFrom(
          {},
          { match: [{ sourceLabels: { tier: 'web' } }] },
          { match: [{ sourceNamespace: 'a' }] },
          { match: [{ uri: { prefix: '/x' } }] },
        ),
        fc.constantFrom(undefined, ['.'], ['a']),
      )
      .map(([from, to, match, exportTo]) => ({ hosts: [from], exportTo, http: [{ ...match, route: [{ destination: { host: to } }] }] })),
  }),
  fc.record({
    kind: fc.constant('DestinationRule'),
    spec: fc
      .tuple(host, fc.constantFrom(undefined, { matchLabels: { tier: 'data' } }))
      .map(([name, workloadSelector]) => ({ host: name, workloadSelector, trafficPolicy: { tls: { mode: 'DISABLE' } } })),
  }),
  fc.record({
    kind: fc.constant('PeerAuthentication'),
    spec: fc.constantFrom({ mtls: { mode: 'STRICT' } }, { mtls: { mode: 'DISABLE' } }),
  }),
);

const VERSIONS: Readonly<Record<string, string>> = {
  NetworkPolicy: 'networking.k8s.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
};

const PLANES = [{ 'istio-injection': 'enabled' }, { 'istio.io/dataplane-mode': 'ambient' }, {}];

/** Objects of three namespaces, with as many ways to tell a caller from another as there are. */
export const toldApart: fc.Arbitrary<object[]> = fc
  .record({
    planes: fc.tuple(...NAMESPACES.map(() => fc.constantFrom(...PLANES))),
    hidden: fc.constantFrom({}, { 'networking.istio.io/exportTo': '.' }, { 'networking.istio.io/exportTo': 'a' }),
    said: fc.array(fc.record({ object: spec, namespace: fc.constantFrom(...NAMESPACES, 'istio-system') }), { maxLength: 7 }),
  })
  .map(({ planes, hidden, said }) => [
    ...NAMESPACES.map((name, index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: planes[index] } })),
    ...NAMESPACES.flatMap((namespace) => WORKLOADS.flatMap((name, index) => pairOf(name, namespace, index === 0 ? 'web' : 'data', hidden))),
    ...said.map(({ object, namespace }, index) => ({
      apiVersion: VERSIONS[object.kind] ?? 'networking.istio.io/v1',
      kind: object.kind,
      metadata: { name: `said-${index}`, namespace },
      spec: JSON.parse(JSON.stringify(object.spec)) as object,
    })),
  ]);

function pairOf(name: string, namespace: string, tier: string, annotations: object): object[] {
  const template = { metadata: { labels: { app: name, tier } }, spec: { serviceAccountName: name } };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { template } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, annotations },
      spec: { selector: { app: name }, ports: [{ name: 'http', port: 8080 }] },
    },
  ];
}
