import { ApiObject, App, Chart } from 'cdk8s';
import {
  Findings,
  HttpAccess,
  MeshNamespace,
  MeshPort,
  MeshReport,
  NetworkLayer,
  ZeroTrustNamespace,
  ZeroTrustStage,
} from 'istio-constructs';
import { newChart, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const STATEMENTS: readonly ((one: ReturnType<typeof shop>) => void)[] = [
  ({ cart, product }) => cart.calls(product, { http: [HttpAccess.get('/products/*')] }),
  ({ cart, payment }) => cart.calls(payment),
  ({ product }) => product.access.denyAnyone({ http: [HttpAccess.anyMethod('/products/internal/*')] }),
  ({ payment }) => payment.access.allowAnyone('open until the audit'),
];

function pageOf(plane: PlaneUnderTest, statements: typeof STATEMENTS): string {
  const program = shop(plane);
  statements.forEach((state) => state(program));
  return MeshReport.of(program.chart).accessPage();
}

forEachPlane((plane) => {
  describe('the page of access', () => {
    it('has each call with its requests, the proxies that decide, and the objects by which they do', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      const objects = plane.of({
        sidecar: ['AuthorizationPolicy shop/product', 'NetworkPolicy shop/cart', 'NetworkPolicy shop/product'],
        ambient: [
          'AuthorizationPolicy shop/product-waypoint',
          'AuthorizationPolicy shop/product',
          'NetworkPolicy shop/cart',
          'NetworkPolicy shop/waypoint',
          'NetworkPolicy shop/product',
        ],
      });
      expect(MeshReport.of(chart).calls).toMatchObject([
        {
          caller: 'shop/cart',
          callee: 'shop/product',
          action: 'ALLOW',
          ports: ['8080 (http)'],
          requests: ['GET /products/*'],
          enforcedBy: plane.of({
            sidecar: ['sidecar of shop/product'],
            ambient: ['waypoint shop/waypoint', 'ztunnel of shop/product'],
          }),
          objects,
          declaredIn: 'test/shop/cart',
          declaredAt: expect.stringMatching(/^test\/assembly\/access\/access-page\.test\.ts:\d+:\d+$/),
        },
      ]);
      expect(MeshReport.of(chart).accessPage()).toContain(
        `| shop/cart | 8080 (http) | \`GET /products/*\` | ${plane.of({
          sidecar: 'sidecar of shop/product',
          ambient: 'waypoint shop/waypoint<br>ztunnel of shop/product',
        })} | ${objects.join('<br>')} | test/shop/cart (test/assembly/access/access-page.test.ts) |\n`,
      );
    });

    it('is the same whatever the order of statements and the lines on which they stand', () => {
      const page = pageOf(plane, STATEMENTS);
      expect(pageOf(plane, [...STATEMENTS].reverse())).toBe(page);
      expect(page).not.toMatch(/\.ts:\d/);
    });

    it('changes by one row with one more grant of a known callee', () => {
      const before = pageOf(plane, STATEMENTS).split('\n');
      const after = pageOf(plane, [...STATEMENTS, ({ payment, product }) => product.access.allow(payment)]).split('\n');
      expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
      expect(before.filter((line) => !after.includes(line))).toEqual([]);
    });

    it('tells refusals from grants', () => {
      const page = pageOf(plane, STATEMENTS);
      expect(page).toMatch(
        /\| who may not, whatever else allows it \|.*\n\| --- .*\n\| anyone \| 8080 \(http\) \| `any method \/products\/internal\/\*` \|/,
      );
    });

    it('names every opening with its reason', () => {
      const { chart, payment, shop: closed } = shop(plane);
      payment.access.allowAnyone('open until the audit');
      const edge = new MeshNamespace(chart, 'edge', { dataPlane: plane.dataPlane });
      service(closed, 'metrics', { ports: [MeshPort.http(9090, { plaintext: 'old Prometheus' })] });
      expect(MeshReport.of(chart).openings.map(({ where, what, reason }) => [where, what, reason])).toEqual(
        [
          ['payments/payment', 'anyone in the mesh may call port 8080 (http)', 'open until the audit'],
          ['shop/metrics', 'anybody may connect to port 9090 (http) without mutual TLS', 'old Prometheus'],
          ['namespace edge', 'anybody may call what no grant closes: it is no ZeroTrustNamespace', undefined],
          ['namespace edge', 'callers without mutual TLS are let in (PERMISSIVE)', undefined],
        ].sort(([a, b], [c, d]) => (`${b}${a}` < `${d}${c}` ? -1 : 1)),
      );
      expect(edge.namespaceName).toBe('edge');
    });

    it.each([
      [ZeroTrustStage.OBSERVE, 'anybody may call: grants are only tried out'],
      [ZeroTrustStage.ALLOW_KNOWN, 'anybody may call, beside the grants'],
    ])('names a namespace at its stage %s, and one without a network layer', (stage, open) => {
      const chart = newChart();
      new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane, stage, networkPolicy: NetworkLayer.NONE });
      const where = MeshReport.of(chart).openings.map(({ what }) => what);
      expect(where).toEqual(expect.arrayContaining([open, 'no NetworkPolicy guards what goes past the proxies of the mesh']));
    });

    it('names grants for a time, with the day and the reason', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { until: '2099-12-31', reason: 'until prices have moved' });
      const report = MeshReport.of(chart);
      const reason = 'until prices have moved';
      expect(report.calls).toMatchObject([{ caller: 'shop/cart', reason, until: '2099-12-31' }]);
      expect(report.openings).toMatchObject([
        { where: 'shop/product', what: 'shop/cart may call port 8080 (http) until 2099-12-31', reason },
      ]);
      expect(report.accessPage()).toContain('| shop/cart, until 2099-12-31<br>until prices have moved |');
    });

    it('says how far a namespace has come, and that no network layer guards it', () => {
      const chart = newChart();
      const named = (id: string, stage: ZeroTrustStage, networkPolicy?: NetworkLayer) =>
        new ZeroTrustNamespace(chart, id, { dataPlane: plane.dataPlane, stage, networkPolicy });
      named('a', ZeroTrustStage.OBSERVE);
      named('b', ZeroTrustStage.ALLOW_KNOWN);
      named('c', ZeroTrustStage.DENY_REST, NetworkLayer.NONE);
      const report = MeshReport.of(chart);
      expect(report.openings.map(({ where, what }) => `${where}: ${what}`)).toEqual([
        'namespace b: anybody may call, beside the grants',
        'namespace a: anybody may call: grants are only tried out',
        'namespace a: callers without mutual TLS are let in (PERMISSIVE)',
        'namespace b: callers without mutual TLS are let in (PERMISSIVE)',
        'namespace c: no NetworkPolicy guards what goes past the proxies of the mesh',
      ]);
      expect(report.accessPage()).toMatch(
        /\| a \| \w+ \| {2}\| let in: grants are only tried out \|\n\| b \| \w+ \| {2}\| let in beside the grants \|/,
      );
      const flag = 'AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY=true';
      expect(report.requirements.istiodFlags).toEqual(plane.of<string[]>({ sidecar: [], ambient: [flag] }));
    });

    it('keeps accepted findings, and what stands beside the constructs', () => {
      const chart = newChart();
      const namespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(namespace, 'cart').access.allowAnyone('a | b');
      Findings.of(namespace).acknowledge('MESH208', 'the *whole* company');
      new ApiObject(chart, 'raw', {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'raw', namespace: 'shop' },
        spec: { selector: { matchLabels: { app: 'cart' } }, action: 'DENY', rules: [{}] },
      });
      const page = MeshReport.of(chart).accessPage();
      expect(page).toContain('| anyone<br>a \\| b |');
      expect(page).toContain('| the \\*whole\\* company |\n');
      expect(page).toContain(
        '| AuthorizationPolicy shop/raw | `{"action":"DENY","rules":[{}],"selector":{"matchLabels":{"app":"cart"}}}` | test/raw |\n',
      );
    });
  });
});

describe('the report of an App without a mesh', () => {
  it('has neither calls nor openings', () => {
    const report = MeshReport.of(new Chart(new App(), 'empty'));
    expect([report.calls, report.openings]).toEqual([[], []]);
    expect(report.accessPage()).toBe(
      '# Access: \n\nWritten by synth, for reviews: it changes where access does. `mesh.json` has the same with the lines of the program.\n',
    );
  });
});
