import { Mesh } from 'istio-constructs';
import { chartOf, TASKS } from '../../docs/task-pages';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { decide } from '../../../lib/verdict/decide';
import type { Caller } from '../../../lib/verdict/requests/request';
import type { Answer } from '../answer';
import { judged, judgedUnder } from '../judged';
import { meshFrom } from '../mesh-under-test';
import { letsOut } from '../network-layer';
import { rawAddOns } from '../raw-add-ons';
import { rawGateway, rawNamespace, rawService } from '../raw-objects';
import { enter, enterShowing, type Line, PLAINTEXT, sharesOf, STRANGERS } from '../requests';

/** Requests of one workload to a service beside it, once no judge has anything against the program of the task. */
async function answersOf({ name }: PlaneUnderTest, task: string, [from, to]: readonly [string, string], ...lines: readonly Line[]) {
  const mesh = await judged(chartOf(task, name));
  const [namespace, service] = to.split('/');
  const asked = (lines.length > 0 ? lines : [{}]).map(({ port = 9080, ...line }) => ({
    from: { workload: `${namespace}/${from}-v1` },
    to: { host: `${service}.${namespace}.svc.cluster.local`, port },
    ...line,
  }));
  return mesh.answers(asked);
}

/** A request of a workload to a host outside. */
const leave = (from: string, host: string, port: number) => ({ from: { workload: `${from}-v1` }, to: { host, port }, path: '/' });
const user = (name: string): Line => ({ headers: { 'end-user': name } });
const PAGE_TO_REVIEWS = ['productpage', 'bookinfo/reviews'] as const;
const REVIEWS_TO_RATINGS = ['reviews', 'bookinfo/ratings'] as const;
const allowedOf = (answers: readonly Answer[]): boolean[] => answers.map(({ allowed }) => allowed);
const reviews = (shares: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(shares).map(([version, share]) => [`bookinfo/reviews-${version}`, share]));

/** Who reads a request of the product page to the reviews, and so counts it, traces it and writes a line about it. */
const readsReviews = (plane: PlaneUnderTest): string => plane.of({ sidecar: 'bookinfo/reviews-v1', ambient: 'bookinfo/waypoint' });

/** The page reaches the reviews, and the proxies that count its request, as the queries of the task ask them, are on the way. */
const counted = (task: string) => async (plane: PlaneUnderTest) => {
  const [answer, other] = await answersOf(plane, task, PAGE_TO_REVIEWS, { path: '/reviews/1' }, { path: '/admin' });
  expect([answer.allowed, other.allowed]).toEqual([true, false]);
  const proxies = [...answer.legs, ...answer.ways.flatMap(({ hops }) => hops)].map(({ at }) => at);
  const counting = { sidecar: ['sidecar bookinfo/productpage-v1', 'sidecar bookinfo/reviews-v1'], ambient: ['waypoint bookinfo/waypoint'] };
  expect(proxies).toEqual(expect.arrayContaining(plane.of(counting)));
};

/** What is told to that proxy, in the mesh as its installation has it. */
async function toldTo(plane: PlaneUnderTest, task: string): Promise<string> {
  const chart = chartOf(task, plane.name);
  rawService(chart, { name: 'tempo', namespace: 'observability', portName: 'grpc-otlp', port: 4317 });
  const mesh = chart.node.findChild('mesh') as Mesh;
  const installed = await judgedUnder({ providers: mesh.extensionProviders }, chart);
  return JSON.stringify(await installed.observed(readsReviews(plane)));
}

/** The gateway shows the page of an add-on, as Istio's samples install it, and nobody else gets to it. */
const shown = (task: string, service: string, port: number) => async (plane: PlaneUnderTest) => {
  const chart = chartOf(task, plane.name);
  rawNamespace(chart, 'istio-system');
  rawAddOns(chart, 'istio-system', false);
  const mesh = await judged(chart);
  expect((await mesh.answer(enter(`https://${task}.example.com/`))).ways).toMatchObject([
    { workload: `istio-system/${task}`, allowed: true },
  ]);
  const to = { host: `${service}.istio-system.svc.cluster.local`, port };
  for (const from of [PLAINTEXT, STRANGERS.sidecar, STRANGERS.ambient])
    expect(decide(mesh.cluster, { from, to })).toMatchObject({ allowed: false, layer: 'network' });
};

/** What a user expects of each task. */
const EXPECTED: Readonly<Record<string, (plane: PlaneUnderTest) => Promise<void>>> = {
  'request-rate': counted('request-rate'),
  'success-rate': counted('success-rate'),
  'slow-requests': counted('slow-requests'),
  'error-alert': counted('error-alert'),
  'trace-headers': counted('trace-headers'),
  kiali: shown('kiali', 'kiali', 20001),
  grafana: shown('grafana', 'grafana', 3000),
  jaeger: shown('jaeger', 'tracing', 80),

  'access-logs': async (plane) => {
    const told = await toldTo(plane, 'access-logs');
    expect(told).toContain('"expression":"response.code >= 400"');
    expect(told).toContain('"status":"%RESPONSE_CODE%"');
  },

  tracing: async (plane) => {
    const told = await toldTo(plane, 'tracing');
    expect(told).toContain('"randomSampling":{"value":10}');
    expect(told).toContain('outbound|4317||tempo.observability.svc.cluster.local');
  },

  'authz-dry-run': async (plane) => {
    const answers = await answersOf(
      plane,
      'authz-dry-run',
      ['curl', 'foo/httpbin'],
      { port: 8000, path: '/ip' },
      { port: 8000, path: '/headers' },
    );
    expect(allowedOf(answers)).toEqual([true, true]);
  },

  'authz-http': async (plane) => {
    const asked = async (from: string, to: string, ...lines: readonly Line[]) =>
      allowedOf(await answersOf(plane, 'authz-http', [from, `bookinfo/${to}`], ...lines));
    expect(await asked('curl', 'productpage', {}, { method: 'POST' })).toEqual([true, false]);
    expect(await asked('productpage', 'details', {}, { method: 'DELETE' })).toEqual([true, false]);
    expect(await asked('productpage', 'reviews')).toEqual([true]);
    expect(await asked('reviews', 'ratings')).toEqual([true]);
    expect(await asked('productpage', 'ratings')).toEqual([false]);
    expect(await asked('curl', 'details')).toEqual([false]);
  },

  'authz-tcp': async (plane) => {
    const answers = await answersOf(plane, 'authz-tcp', ['curl', 'foo/tcp-echo'], { port: 9000 }, { port: 9001 }, { port: 9002 });
    expect(allowedOf(answers)).toEqual([true, false, false]);
  },

  'authn-policy': async (plane) => {
    const mesh = await judged(chartOf('authn-policy', plane.name));
    const doors = [
      ['httpbin.foo', 8000],
      ['httpbin.bar', 8000],
      ['ledger.bar', 8000],
      ['ledger.bar', 8001],
    ] as const;
    const asked = async (from: Caller) =>
      allowedOf(await mesh.answers(doors.map(([name, port]) => ({ from, to: { host: `${name}.svc.cluster.local`, port }, path: '/ip' }))));
    expect(await asked({ pod: { namespace: 'legacy' } })).toEqual([false, true, false, true]);
    expect(await asked({ workload: 'foo/httpbin-v1' })).toEqual([true, true, true, true]);
  },

  'mtls-migration': async (plane) => {
    const mesh = await judged(chartOf('mtls-migration', plane.name));
    const to = { host: 'httpbin.foo.svc.cluster.local', port: 8000 };
    const answers = await mesh.answers([
      { from: { workload: 'foo/curl-v1' }, to, path: '/ip' },
      { from: { pod: { namespace: 'legacy' } }, to, path: '/ip' },
    ]);
    expect(allowedOf(answers)).toEqual([true, true]);
    const transports = answers.map(({ ways }) => ways.map(({ hops }) => hops.at(-1)?.transport));
    expect(transports).toEqual([[plane.of({ sidecar: 'mTLS', ambient: 'HBONE' })], ['plaintext']]);
  },

  'authz-td-migration': async (plane) => {
    const settings = { trustDomain: 'new-td', trustDomainAliases: ['old-td'] };
    const mesh = await judgedUnder(settings, chartOf('authz-td-migration', plane.name));
    const asked = ['new-td', 'old-td', 'other-td'].flatMap((trustDomain) =>
      ['curl-allow', 'foo'].map((namespace) => ({
        from: {
          identity: {
            namespace,
            serviceAccount: 'curl',
            proxy: plane.of<'sidecar' | 'ztunnel'>({ sidecar: 'sidecar', ambient: 'ztunnel' }),
            trustDomain,
          },
        },
        to: { host: 'httpbin.foo.svc.cluster.local', port: 8000 },
        path: '/ip',
      })),
    );
    expect(allowedOf(await mesh.answers(asked))).toEqual([true, false, true, false, false, false]);
  },

  'authz-custom': async (plane) => {
    const service = 'ext-authz.foo.svc.cluster.local';
    const mesh = await judgedUnder(
      { authorizers: [{ name: 'sample-ext-authz-grpc', service, port: 9000 }] },
      chartOf('authz-custom', plane.name),
    );
    const asked = ['/ip', '/headers', '/headers/1', '/other'].map((path) => ({
      from: { workload: 'foo/curl-v1' },
      to: { host: 'httpbin.foo.svc.cluster.local', port: 8000 },
      path,
    }));
    const answers = await mesh.answers(asked);
    expect(allowedOf(answers)).toEqual([true, true, true, false]);
    expect(answers.map(({ asks = [] }) => asks.map(({ provider }) => provider))).toEqual([
      [],
      ...Array(2).fill(['sample-ext-authz-grpc']),
      [],
    ]);
  },

  'authz-ingress': async (plane) => {
    const mesh = await judged(chartOf('authz-ingress', plane.name));
    const asked = ['httpbin', 'office'].map((name) => ({
      ...enter(`https://${name}.example.com/`),
      from: { gateway: 'foo/gateway' },
    }));
    // The visitor of the engine is at 203.0.113.50.
    expect(allowedOf(await mesh.answers(asked))).toEqual([true, true]);
  },

  'authz-deny': async (plane) => {
    const paths = ['/ip', '/headers', '/headers/', '/headers;x', '//headers', '/%68eaders', '/anything/headers'].map((path) => ({ path }));
    const lines = [...paths, { method: 'DELETE', path: '/ip' }].map((line) => ({ port: 8000, ...line }));
    const answers = await answersOf(plane, 'authz-deny', ['curl', 'foo/httpbin'], ...lines);
    expect(allowedOf(answers)).toEqual([true, false, false, false, false, false, true, false]);
  },

  'authz-jwt': async (plane) => {
    const token = (groups: string[]) => ({ issuer: 'testing@secure.istio.io', subject: 'testing@secure.istio.io', claims: { groups } });
    const [ip, headers] = [
      { port: 8000, path: '/ip' },
      { port: 8000, path: '/headers' },
    ];
    const [group1, group2] = [token(['group1', 'group2']), token(['group2'])];
    const foreign = { ...group1, issuer: 'https://elsewhere.example.com' };
    const lines = [
      ip,
      { ...ip, token: group2 },
      { ...headers, token: group1 },
      headers,
      { ...headers, token: group2 },
      { ...ip, token: foreign },
    ];
    const answers = await answersOf(plane, 'authz-jwt', ['curl', 'foo/httpbin'], ...lines);
    expect(allowedOf(answers)).toEqual([true, true, true, false, false, false]);
  },

  'claim-to-header': async (plane) => {
    const line = { port: 8000, path: '/headers' };
    const token = { issuer: 'testing@secure.istio.io', subject: 'testing@secure.istio.io', claims: { foo: 'bar' } };
    const answers = await answersOf(plane, 'claim-to-header', ['curl', 'foo/httpbin'], { ...line, token }, line);
    expect(allowedOf(answers)).toEqual([true, false]);
  },

  'request-routing': async (plane) => {
    const answers = await answersOf(plane, 'request-routing', PAGE_TO_REVIEWS, {}, user('jason'), user('jasmine'));
    expect(allowedOf(answers)).toEqual([true, true, true]);
    expect(answers.map(sharesOf)).toEqual([reviews({ v1: 100 }), reviews({ v2: 100 }), reviews({ v1: 100 })]);
  },

  'fault-injection': async (plane) => {
    const answers = await answersOf(plane, 'fault-injection', REVIEWS_TO_RATINGS, {}, user('jason'), user('jane'));
    expect(allowedOf(answers)).toEqual([true, true, false]);
    expect(answers.map(({ legs }) => legs.at(-1)?.fault)).toEqual([undefined, { delay: '7s', delayed: 100 }, { status: 500, aborted: 50 }]);
  },

  'traffic-shifting': async (plane) => {
    const answers = await answersOf(plane, 'traffic-shifting', PAGE_TO_REVIEWS);
    expect(allowedOf(answers)).toEqual([true]);
    expect(answers.map(sharesOf)).toEqual([reviews({ v1: 50, v3: 50 })]);
  },

  'tcp-traffic-shifting': async (plane) => {
    const answers = await answersOf(plane, 'tcp-traffic-shifting', ['client', 'echo/tcp-echo'], { port: 9000 });
    expect(allowedOf(answers)).toEqual([true]);
    expect(answers.map(sharesOf)).toEqual([{ 'echo/tcp-echo-v1': 80, 'echo/tcp-echo-v2': 20 }]);
  },

  'request-timeouts': async (plane) => {
    const [page] = await answersOf(plane, 'request-timeouts', PAGE_TO_REVIEWS);
    const [slow] = await answersOf(plane, 'request-timeouts', REVIEWS_TO_RATINGS);
    expect(allowedOf([page, slow])).toEqual([true, true]);
    expect([page, slow].map(({ legs }) => [legs.at(-1)?.timeout, legs.at(-1)?.fault?.delay])).toEqual([
      ['500ms', undefined],
      [undefined, '2s'],
    ]);
  },

  'circuit-breaking': async (plane) => {
    const [answer] = await answersOf(plane, 'circuit-breaking', ['fortio', 'httpbin/httpbin'], { port: 8000 });
    const outlierDetection = { consecutive5xxErrors: 1, interval: '1s', baseEjectionTime: '3m', maxEjectionPercent: 100 };
    const limits = { maxConnections: 1, maxPendingRequests: 1, maxRequestsPerConnection: 1 };
    expect(answer).toMatchObject({ allowed: true, ways: [{ cluster: { ...limits, outlierDetection } }] });
  },

  mirroring: async (plane) => {
    const [answer] = await answersOf(plane, 'mirroring', ['client', 'httpbin/httpbin'], { port: 8000 });
    expect(sharesOf(answer)).toEqual({ 'httpbin/httpbin-v1': 100 });
    expect(answer.copies).toMatchObject([{ workload: 'httpbin/httpbin-v2', weight: 100, allowed: true }]);
  },

  'virtual-machines': async (plane) => {
    // istioctl looks at pods alone for what policies select, so that no judge is asked.
    const mesh = meshFrom(
      chartOf('virtual-machines', plane.name)
        .toJson()
        .filter(({ kind }) => kind !== 'WorkloadGroup'),
    );
    const callers: Caller[] = [{ workload: 'bookinfo/ratings-v1' }, { workload: 'bookinfo/reviews-v1' }, PLAINTEXT];
    const answers = await mesh.answers(callers.map((from) => ({ from, to: { host: 'mysqldb.vm.svc.cluster.local', port: 3306 } })));
    expect(allowedOf(answers)).toEqual([true, false, false]);
    expect(answers[0].ways[0].hops).toMatchObject([
      { at: 'sidecar vm/mysqldb-10.20.0.5', transport: plane.of({ sidecar: 'mTLS', ambient: 'HBONE' }) },
    ]);
  },

  'egress-control': async (plane) => {
    const mesh = await judged(chartOf('egress-control', plane.name));
    const answers = await mesh.answers([leave('egress/curl', 'httpbin.org', 80), leave('egress/curl', 'www.google.com', 443)]);
    expect(allowedOf(answers)).toEqual([true, true]);
    const other = await mesh.answer(leave('egress/curl', 'example.net', 443));
    expect(other.allowed).toBe(plane.of({ sidecar: false, ambient: true }));
    expect([443, 80, 8443].map((port) => letsOut(mesh, 'egress/curl-v1', '203.0.113.10', port))).toEqual([true, true, false]);
  },

  'egress-tls-origination': async (plane) => {
    const mesh = await judged(chartOf('egress-tls-origination', plane.name));
    const answer = await mesh.answer(leave('egress/curl', 'edition.cnn.com', 80));
    expect(answer.ways[0].hops.at(-1)).toMatchObject({ at: 'edition.cnn.com', transport: 'TLS', allowed: true });
  },

  'egress-gateway': async (plane) => {
    const mesh = await judged(chartOf('egress-gateway', plane.name));
    const answers = await mesh.answers(['apps/curl', 'apps/other'].map((from) => leave(from, 'edition.cnn.com', 443)));
    expect(allowedOf(answers)).toEqual([true, false]);
    const gateway = plane.of({ sidecar: 'gateway egress/istio-egressgateway', ambient: 'waypoint egress/waypoint' });
    expect(answers[0].ways[0].hops[0]).toMatchObject({ at: gateway, allowed: true });
    expect(letsOut(mesh, 'apps/curl-v1', '203.0.113.10', 443)).toBe(false);
  },

  'wildcard-egress-hosts': async (plane) => {
    const mesh = await judged(chartOf('wildcard-egress-hosts', plane.name));
    const answers = await mesh.answers(['en', 'de'].map((name) => leave('egress/curl', `${name}.wikipedia.org`, 443)));
    expect(allowedOf(answers)).toEqual([true, true]);
  },

  'locality-load-balancing': async (plane) => {
    const [hello] = await answersOf(plane, 'locality-load-balancing', ['client', 'sample/helloworld'], { port: 5000 });
    const [catalog] = await answersOf(plane, 'locality-load-balancing', ['client', 'sample/catalog'], { port: 8080 });
    const outlierDetection = { consecutive5xxErrors: 1, interval: '1s', baseEjectionTime: '1m', maxEjectionPercent: 100 };
    expect(hello).toMatchObject({ allowed: true, ways: [{ cluster: { byLocality: true, outlierDetection } }] });
    expect(catalog).toMatchObject({ allowed: true, ways: [{ cluster: { byLocality: true, loadBalancer: 'ROUND_ROBIN' } }] });
    expect(catalog.ways[0].cluster).not.toHaveProperty('outlierDetection');
  },
};

/** Who comes in through the gateway of a task, and where they end. */
async function endsOf({ name }: PlaneUnderTest, task: string, gateway: string, urls: readonly string[]) {
  const mesh = await judged(chartOf(task, name));
  const answers = await mesh.answers(urls.map((url) => ({ ...enter(url), from: { gateway } })));
  return answers.map(({ allowed, ways }) => (allowed ? ways[0].workload : undefined));
}

Object.assign(EXPECTED, {
  'ingress-control': async (plane) => {
    const urls = ['/status/200', '/delay/1', '/headers'].map((path) => `https://httpbin.example.com${path}`);
    const all = [...urls, 'http://httpbin.example.com/status/200', 'tls://any.example.com:9000'];
    const httpbin = 'sample/httpbin-v1';
    const expected = [httpbin, httpbin, undefined, undefined, 'sample/tcp-echo-v1'];
    expect(await endsOf(plane, 'ingress-control', 'sample/gateway', all)).toEqual(expected);
  },

  'authn-end-user': async (plane) => {
    const mesh = await judged(chartOf('authn-end-user', plane.name));
    const token = { issuer: 'testing@secure.istio.io', subject: 'testing@secure.istio.io' };
    const [ip, headers] = ['/ip', '/headers'].map((path) => `https://httpbin.example.com${path}`);
    const foreign = { ...token, issuer: 'https://elsewhere.example.com' };
    const lines = [
      enter(ip),
      enter(ip, { token }),
      enter(headers, { token }),
      enter(ip, { token: foreign }),
      enter(headers),
      enter(`${headers};x`),
    ];
    expect(allowedOf(await mesh.answers(lines))).toEqual([true, true, true, false, false, false]);
  },

  'jwt-route': async (plane) => {
    const chart = chartOf('jwt-route', plane.name);
    rawGateway(chart, { name: 'gateway', namespace: 'edge', ports: [443], secrets: ['httpbin-credential'] });
    const mesh = await judged(chart);
    const url = 'https://httpbin.example.com/headers';
    const bearing = (claims: object, issuer = 'testing@secure.istio.io') => ({ token: { issuer, subject: issuer, claims: { ...claims } } });
    const groups = { groups: ['group1', 'group2'] };
    const lines = [
      enter(url, bearing(groups)),
      enter(url, bearing({ groups: ['group2'] })),
      enter(url),
      enter(url, { headers: { '@request.auth.claims[groups]': 'group1' } }),
      enter(url, bearing(groups, 'https://elsewhere.example.com')),
      enter('https://httpbin.example.com/ip', bearing(groups)),
    ];
    expect(allowedOf(await mesh.answers(lines))).toEqual([true, false, false, false, false, false]);
  },

  'secure-ingress': async (plane) => {
    const urls = ['https://httpbin.example.com/status/418', 'https://helloworld.example.com/hello', 'https://helloworld.example.com/'];
    expect(await endsOf(plane, 'secure-ingress', 'edge/gateway', urls)).toEqual([undefined, 'sample/helloworld-v1', undefined]);
    const [shown] = await (await judged(chartOf('secure-ingress', plane.name))).answers([enterShowing(urls[0])]);
    expect(shown).toMatchObject({ allowed: true, ways: [{ workload: 'sample/httpbin-v1' }] });
  },

  'ingress-sni-passthrough': async (plane) => {
    const urls = ['https://nginx.example.com/', 'https://other.example.com/'];
    expect(await endsOf(plane, 'ingress-sni-passthrough', 'sample/gateway', urls)).toEqual(['sample/my-nginx-v1', undefined]);
  },
} satisfies typeof EXPECTED);

describe('the program of a task', () => {
  forEachPlane((plane) => {
    it.each(Object.keys(EXPECTED))('does what Istio’s task does: %s', async (task) => EXPECTED[task](plane));
  });

  it('is asked about, whichever task has a page', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(TASKS);
  });
});
