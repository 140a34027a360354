import { Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { EndUser, HttpAccess, JwtIssuer, type MeshQuestion, Verdicts } from 'istio-constructs';
import { valueAt } from '../../../lib/cluster/objects/fields';
import { canary, shop } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { meshFrom } from '../mesh-under-test';
import type { Request } from '../../../lib/verdict/requests/request';

const ISSUER = 'https://id.example.com';
const GET = { method: 'GET', path: '/products/1' };
const OTHER = 'https://elsewhere.example.com';

/** What is asked of users' own engine, and the same in the words of the engine of Istio. */
type Pair = readonly [MeshQuestion, Partial<Request>];

/** Kinds that keep calls inside. */
const CLOSING = ['NetworkPolicy', 'Sidecar', 'AuthorizationPolicy'];

describe('a question', () => {
  forEachEnforcer((plane) => {
    it('of bytes has the answer that istiod has', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      const to = { host: product.host, port: 8080 };
      const answers = await mesh.answers(['shop/cart-v1', 'payments/payment-v1'].map((workload) => ({ from: { workload }, to })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      const verdicts = Verdicts.of(chart);
      expect(['cart', 'payment'].map((caller) => verdicts.ask({ caller, callee: 'product' }).allowed)).toEqual([true, false]);
    });
  });

  forEachPlane((plane) => {
    it('has the answer that istiod has, of an App and of its YAML', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      const mesh = await judged(chart);
      const yaml = mesh.manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
      expect(Verdicts.lint({ name: 'mesh.yaml', text: yaml }).findings.filter(({ level }) => level === 'error')).toEqual([]);
      const bare = yaml.replaceAll(/"namespace":"shop",?/g, '');
      const engines = [
        Verdicts.of(chart),
        Verdicts.ofYaml(yaml),
        Verdicts.ofFiles({ name: 'mesh.yaml', text: bare, namespaceName: 'shop' }),
      ];
      const to = { host: product.host, port: 8080 };
      for (const caller of ['cart', 'payment'])
        for (const line of [GET, { method: 'POST', path: '/products/1' }, { method: 'GET', path: '/admin' }]) {
          const workload = caller === 'cart' ? 'shop/cart-v1' : 'payments/payment-v1';
          const { allowed } = await mesh.answer({ from: { workload }, to, ...line });
          const question: MeshQuestion = { caller, callee: 'product', method: line.method, path: line.path };
          expect(engines.map((engine) => engine.ask(question).allowed)).toEqual(engines.map(() => allowed));
        }
    });

    it('about a host whose addresses somebody forgot has the answer that istiod has', async () => {
      const entry = (endpoints: object[]) => ({
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { name: 'api', namespace: 'shop' },
        spec: { hosts: ['api.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC', endpoints },
      });
      const { chart } = shop(plane);
      for (const endpoints of [[], [{ address: '10.77.0.1' }]]) {
        const objects = (Testing.synth(chart) as { readonly kind: string }[]).filter(({ kind }) => !CLOSING.includes(kind));
        const mesh = meshFrom([...objects, entry(endpoints)]);
        const { allowed } = await mesh.answer({ from: { workload: 'shop/cart-v1' }, to: { host: 'api.example.com', port: 80 } });
        const yaml = mesh.manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
        const told = Verdicts.ofYaml(yaml).ask({ caller: 'cart', callee: 'api.example.com:80' });
        expect([allowed, told.allowed]).toEqual([endpoints.length > 0, endpoints.length > 0]);
        if (!allowed) expect(told.text).toContain('refused (routing), no endpoint is behind ServiceEntry shop/api');
      }
    });

    it('about all requests divides them as istiod does', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*'), HttpAccess.of({ methods: ['POST'], paths: ['/orders/{*}'] })] });
      product.access.denyAnyone({ http: [HttpAccess.anyMethod('/products/secret')] });
      const { allowed, refused, unknown } = Verdicts.of(chart).reach({ caller: 'cart', callee: 'product' });
      const to = { host: product.host, port: 8080 };
      const lines = [...allowed, ...refused].map(({ example }) => example.split(' '));
      const mesh = await judged(chart);
      const answers = await mesh.answers(lines.map(([method, path]) => ({ from: { workload: 'shop/cart-v1' }, to, method, path })));
      expect(answers.map((answer) => answer.allowed)).toEqual([...allowed.map(() => true), ...refused.map(() => false)]);
      expect(allowed.map((one) => [one.decidedBy?.kind, one.unknown])).toEqual(allowed.map(() => ['AuthorizationPolicy', undefined]));
      expect(unknown).toEqual([]);
      const ways = [...Verdicts.of(chart).waysTo('product'), ...Verdicts.of(chart).waysFrom('payment')];
      expect(ways.map((way) => [way.caller, way.callee, way.unknown])).toEqual([['shop/cart-v1', 'product', []]]);
      const shared = Verdicts.of(chart).ways();
      expect(shared.map((way) => [way.callers, way.callee, way.unknown])).toContainEqual([['shop/cart-v1'], 'shop/product', []]);
      const callers = ['shop/cart-v1', 'payments/payment-v1'].map((workload) => ({ from: { workload }, to, path: '/products/1' }));
      expect((await mesh.answers(callers)).map((answer) => answer.allowed)).toEqual([true, false]);
    });

    it('about two versions has the difference that istiod makes', async () => {
      const version = (...paths: string[]) => {
        const { chart, cart, product } = shop(plane);
        cart.calls(product, { http: paths.map((path) => HttpAccess.get(path)) });
        return { chart, product };
      };
      const [older, newer] = [version('/products/*', '/old'), version('/products/*', '/new')];
      const changes = Verdicts.of(newer.chart).changesSince(Verdicts.of(older.chart));
      expect(changes.map((one) => `${one.change} ${one.caller} ${one.callee} ${one.requests?.example}`)).toEqual([
        'opened shop/cart-v1 shop/product GET /new',
        'closed shop/cart-v1 shop/product GET /old',
      ]);
      const to = { host: newer.product.host, port: 8080 };
      for (const [mesh, expected] of [
        [await judged(older.chart), [false, true]],
        [await judged(newer.chart), [true, false]],
      ] as const) {
        const answers = await mesh.answers(['/new', '/old'].map((path) => ({ from: { workload: 'shop/cart-v1' }, to, path })));
        expect(answers.map(({ allowed }) => allowed)).toEqual(expected);
      }
    });

    it('that is refused is let in by the smallest grant, and nothing else is', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      const question: MeshQuestion = { caller: 'cart', callee: 'product', method: 'POST', path: '/products/1' };
      const grant = Verdicts.of(chart).smallestGrant(question)!;
      const added = parseAllDocuments(grant.yaml).map((document) => document.toJS() as object);
      const mesh = meshFrom([...(await judged(chart)).manifests, ...added]);
      const from = { workload: 'shop/cart-v1' };
      const lines = [
        { method: 'POST', path: '/products/1' },
        { method: 'POST', path: '/products/2' },
        { method: 'PUT', path: '/products/1' },
      ];
      const answers = await mesh.answers(lines.map((line) => ({ from, to: { host: product.host, port: 8080 }, ...line })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false]);
      expect(await mesh.findings()).not.toContainEqual(expect.objectContaining({ level: 'error' }));
    });

    it('that is refused at the caller already is let in by the smallest grant, applied over what is there', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const grant = Verdicts.of(chart).smallestGrant({ caller: 'payment', callee: 'product', method: 'GET', path: '/products/1' })!;
      const added = parseAllDocuments(grant.yaml).map((document) => document.toJS() as { kind: string; metadata: object });
      const nameOf = ({ kind, metadata }: { kind: string; metadata: object }) =>
        [kind, valueAt(metadata, 'namespace'), valueAt(metadata, 'name')].join();
      const replaced = new Set(added.map(nameOf));
      const before = (await judged(chart)).manifests as ReadonlyArray<{ kind: string; metadata: object }>;
      const mesh = meshFrom([...before.filter((manifest) => !replaced.has(nameOf(manifest))), ...added]);
      const from = { workload: 'payments/payment-v1' };
      const lines = [
        { method: 'GET', path: '/products/1' },
        { method: 'GET', path: '/products/2' },
      ];
      const answers = await mesh.answers(lines.map((line) => ({ from, to: { host: product.host, port: 8080 }, ...line })));
      expect(answers.map(({ allowed }) => allowed)).toEqual(plane.of({ sidecar: [true, false], ambient: [true, true] }));
      expect(await mesh.findings()).not.toContainEqual(expect.objectContaining({ level: 'error' }));
    });

    it('tells the shares that istiod tells', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      canary(product, { weight: 20 });
      const mesh = await judged(chart);
      const { ways } = await mesh.answer({ from: { workload: 'shop/cart-v1' }, to: { host: product.host, port: 8080 }, ...GET });
      const { split } = Verdicts.of(chart).ask({ caller: 'cart', callee: 'product', path: '/products/1' });
      const sharesOf = (shares: ReadonlyArray<readonly [string | undefined, number]>) =>
        shares.map(([who, share]) => `${who} ${share}`).sort();
      expect(sharesOf(split.map(({ workload, percent }) => [workload, percent]))).toEqual(
        sharesOf(ways.map(({ workload, weight }) => [workload, weight])),
      );
    });

    it('with a token has the answer that istiod has', async () => {
      const { chart, cart, product } = shop(plane);
      const issuer = JwtIssuer.of({ issuer: ISSUER, audiences: ['shop'] });
      const user: EndUser = { issuer, claims: { role: ['clerk'] } };
      cart.calls(product, { user });
      const mesh = await judged(chart);
      const asked = { caller: 'cart', callee: 'product' };
      const token = { issuer: ISSUER, subject: 'ann', audiences: ['shop'], claims: { role: ['clerk'] } };
      const pairs: Pair[] = [
        [{ ...asked, claims: { role: ['clerk'] } }, { token }],
        [{ ...asked, claims: { role: ['guest'] } }, { token: { ...token, claims: { role: ['guest'] } } }],
        [{ ...asked, claims: { role: ['clerk'] }, audiences: ['desk'] }, { token: { ...token, audiences: ['desk'] } }],
        [
          { ...asked, issuer: OTHER, headers: { 'x-role': 'clerk' } },
          { token: { issuer: OTHER, subject: 'ann' }, headers: { 'x-role': 'clerk' } },
        ],
        [asked, {}],
      ];
      const answers = await mesh.answers(
        pairs.map(([, line]) => ({ from: { workload: 'shop/cart-v1' }, to: { host: product.host, port: 8080 }, ...line })),
      );
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, false, false, false]);
      const verdicts = Verdicts.of(chart);
      expect(pairs.map(([question]) => verdicts.ask(question).allowed)).toEqual(answers.map(({ allowed }) => allowed));
      expect(verdicts.ask(asked).opensWith).toContain('role: clerk');
      expect(verdicts.assumptions).toEqual([]);
    });
  });
});
