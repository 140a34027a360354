import { ApiObject, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  CanaryRelease,
  DataPlane,
  Deferred,
  DnsPeer,
  ExternalPort,
  ExternalService,
  Infrastructure,
  MeshedService,
  MeshPort,
  MeshReport,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { canary, edgeGateway, external, findingCodes, manifest, manifests, names, newChart, service, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const [text, number, list] = [Deferred.text(1), Deferred.number(2), Deferred.list(3)];
const sidecar = { dataPlane: DataPlane.sidecar() };

describe('a value that is known only later', () => {
  forEachPlane((plane) => {
    it('arrives in the pods of both versions, alone and in longer texts', () => {
      const resources = { cpuMillis: number, memoryMebibytes: number, memoryLimitMebibytes: number };
      const env = { HOST: `${text}.example.com`, PORT: String(number) };
      const one = shop(plane, { image: `registry.example.com/cart@${text}`, env, command: list, args: ['a', ...list, text], resources });
      canary(one.cart, { canary: { version: 'v2', image: text } });
      const container = (image: string) => ({
        image,
        command: list,
        args: ['a', ...list, text],
        env: [
          { name: 'HOST', value: `${text}.example.com` },
          { name: 'PORT', value: String(number) },
        ],
        resources: { requests: { cpu: `${number}m`, memory: `${number}Mi` }, limits: { memory: `${number}Mi` } },
      });
      const pods = (image: string) => ({ template: { spec: { containers: [container(image)] } } });
      expect(spec(one.chart, 'Deployment', 'cart-v1')).toMatchObject(pods(`registry.example.com/cart@${text}`));
      expect(spec(one.chart, 'Deployment', 'cart-v2')).toMatchObject(pods(text));
    });

    it('counts pods, which get their budget: it holds no single pod fast', () => {
      const one = shop(plane, { replicas: number });
      canary(one.cart, { canary: { version: 'v2', image: 'cart:2', replicas: Deferred.number(4) } });
      expect(spec(one.chart, 'Deployment', 'cart-v1').replicas).toBe(number);
      expect(spec(one.chart, 'Deployment', 'cart-v2').replicas).toBe(Deferred.number(4));
      expect(spec(one.chart, 'PodDisruptionBudget', 'cart').maxUnavailable).toBe(1);
    });

    it('bounds the number of pods', () => {
      const { chart } = shop(plane, {
        autoscaling: { minReplicas: number, maxReplicas: Deferred.number(4), cpuPercent: Deferred.number(5) },
      });
      const target = { type: 'Utilization', averageUtilization: Deferred.number(5) };
      expect(spec(chart, 'HorizontalPodAutoscaler', 'cart-v1')).toMatchObject({
        minReplicas: number,
        maxReplicas: Deferred.number(4),
        metrics: [{ resource: { target } }],
      });
      expect(names(chart, 'PodDisruptionBudget')).toContain('shop/cart');
    });

    it('limits callers and counts retries', () => {
      const { chart } = shop(plane, {
        circuitBreaker: { maxConnections: number, consecutiveServerErrors: number },
        retries: { attempts: number },
      });
      expect(spec(chart, 'DestinationRule', 'cart')).toMatchObject({
        trafficPolicy: { connectionPool: { tcp: { maxConnections: number } }, outlierDetection: { consecutive5xxErrors: number } },
      });
      const retries = { attempts: number, retryOn: 'connect-failure,refused-stream,reset-before-request' };
      expect(spec(chart, 'VirtualService', 'cart').http).toMatchObject([{ retries }]);
    });

    it('is a host outside the cluster, in the entry and in its callers’ scope', () => {
      const { chart, cart, payments } = shop(plane);
      cart.calls(external(payments, 'orders-db', `db.${text}`));
      expect(spec(chart, 'ServiceEntry', 'orders-db').hosts).toEqual([`db.${text}`]);
      const scope = names(chart, 'Sidecar').includes('shop/cart') ? spec(chart, 'Sidecar', 'cart').egress : undefined;
      expect(scope).toEqual(plane.of<unknown>({ sidecar: [{ hosts: [`payments/db.${text}`] }], ambient: undefined }));
    });

    it('is the host of another program’s service, and one that a gateway takes', () => {
      const { chart, cart } = shop(plane);
      const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane: plane.dataPlane, host: text };
      const invoice = MeshedService.fromAttributes(chart, 'invoice', attributes);
      cart.calls(invoice);
      edgeGateway(chart, plane.dataPlane).expose(cart, { host: `shop.${text}` });
      expect(invoice.host).toBe(text);
      expect(spec(chart, 'HTTPRoute', 'cart-gateway').hostnames).toEqual([`shop.${text}`]);
    });

    it('is a block of addresses', () => {
      const chart = newChart();
      const infrastructure = Infrastructure.of({ apiServerCidr: `${text}/32`, dns: [DnsPeer.nodeLocal(Deferred.text(9))] });
      new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane, infrastructure });
      const blocks = [`${text}/32`, Deferred.text(9)].map((cidr) => ({ to: [{ ipBlock: { cidr } }] }));
      expect(spec(chart, 'NetworkPolicy', 'infrastructure').egress).toMatchObject(
        expect.arrayContaining(blocks.map(expect.objectContaining)),
      );
    });
  });

  it('leaves lists in one order, whatever the order of declaration', () => {
    const ids = [3, 20, 1, 100];
    const render = (order: readonly number[]): unknown => {
      const { chart, cart, payments } = shop(sidecar);
      const hosts = new Map(ids.map((id) => [id, external(payments, `x${id}`, `${Deferred.text(id)}.example.com`)]));
      order.forEach((id) => cart.calls(hosts.get(id)!));
      return manifests(chart);
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: ids.length }), (order) => {
        expect(render(order)).toEqual(render(ids));
      }),
      { numRuns: 20 },
    );
  });

  it('is said in words in messages and in mesh.json', () => {
    const { chart, cart, payments } = shop(sidecar, { retries: { attempts: number } });
    cart.calls(external(payments, 'orders-db', `db.${text}`));
    const report = MeshReport.of(chart);
    expect(report.findings.find(({ code }) => code === 'MESH209')!.text).toContain('to reach db.<known later>, shop/cart may');
    expect(report.toJson()).not.toContain(text);
    expect(report.toJson()).not.toContain(String(number));
  });

  it('makes the checks wait that compare it, and the report says which', () => {
    const retries = { attempts: number, perTryTimeout: Duration.seconds(2) };
    const one = shop(sidecar, { retries, timeout: Duration.seconds(3) });
    ['a', 'b'].forEach((id, index) => external(one.payments, id, index === 0 ? text : 'api.example.com'));
    const gateway = edgeGateway(one.chart, sidecar.dataPlane);
    gateway.expose(one.cart, { host: text });
    gateway.expose(one.product, { host: 'shop.example.com' });
    const waits = MeshReport.of(one.chart).findings.map(({ text: said, level }) => `${level} ${said}`);
    const expected = [
      'info MESH313 at test/payments/a/Resource: MESH311 waits for spec.hosts of ServiceEntry payments/a',
      'info MESH313 at test/shop/cart/GatewayRoutes/cart-gateway: MESH402, MESH435 wait for spec.hostnames of HTTPRoute shop/cart-gateway',
      'info MESH313 at test/shop/cart/Routes/Resource: MESH305, MESH325 wait for spec.http.retries.attempts of VirtualService shop/cart',
    ];
    expect(waits.filter((each) => each.includes('MESH313')).map((each) => each.split('\n')[0])).toEqual(expected);
    expect(() => one.chart.toJson()).not.toThrow();
  });

  it('fails as memory without a limit, which is computed from it', () => {
    const [chart, resources] = [newChart(), { memoryMebibytes: number }];
    const act = () => new MeshedService(chart, 'cart', { image: 'cart', ports: [MeshPort.http(8080)], resources });
    expectRefusal(act, { code: 'MESH066', path: 'test/cart', fix: 'memoryLimitMebibytes', got: 'a value that is known only later' });
  });

  it('leaves the bounds in force that are known', () => {
    const attempt = (props: Parameters<typeof service>[2]) => () => service(newChart(), 'cart', props);
    expect(attempt({ autoscaling: { minReplicas: number, maxReplicas: 0 } })).toThrow(
      'MESH015 at test/cart: maxReplicas is a whole number of at least 1',
    );
    expect(attempt({ resources: { memoryMebibytes: number, memoryLimitMebibytes: 0 } })).toThrow(
      'MESH015 at test/cart: memoryLimitMebibytes',
    );
    expect(attempt({ replicas: number + 1 })).toThrow('MESH015 at test/cart: replicas');
    expect(() => new ExternalService(newChart(), 'x', { host: '', port: ExternalPort.https() })).toThrow('MESH023');
  });
});

describe('a workload made elsewhere', () => {
  function legacy(parts: { readonly namespace?: string; readonly labels?: object; readonly pod?: object; readonly port?: object }) {
    const one = shop(sidecar);
    const containers = [{ name: 'main', image: text, ports: [{ containerPort: 8080, ...parts.port }] }];
    const template = { metadata: { labels: parts.labels }, spec: { containers, ...parts.pod } };
    const metadata = { name: 'legacy', namespace: parts.namespace ?? 'shop' };
    const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    return { ...one, workload, act: () => MeshedService.fromWorkload(one.shop, 'legacy', workload, { ports: [MeshPort.http(8080)] }) };
  }

  it('may hold what is known only later where nothing here depends on it', () => {
    const one = legacy({ labels: { commit: text } });
    one.act();
    expect(manifest(one.chart, 'Deployment', 'legacy').spec).toMatchObject({
      template: { metadata: { labels: { commit: text, app: 'legacy' } }, spec: { containers: [{ image: text }] } },
    });
    expect(findingCodes(one.shop)).toEqual([]);
  });

  it.each([
    ['serviceAccountName', { pod: { serviceAccountName: text } }],
    ['namespace', { namespace: text }],
    ['hostNetwork', { pod: { hostNetwork: text } }],
    ['label app', { labels: { app: text } }],
    ['label version', { labels: { version: `v${number}` } }],
    ['a port', { port: { containerPort: number } }],
    ['a port', { port: { name: text } }],
  ])('fails with a %s that is known only later: %j', (what, parts) => {
    const { act } = legacy(parts);
    expectRefusal(act, { code: 'MESH037', path: 'test/shop/legacy', fix: 'known when the program runs' });
    expect(legacy(parts).act).toThrow(`${what} of the workload decides`);
  });

  it('fails as a canary as well', () => {
    const one = legacy({ labels: { version: text } });
    const act = () =>
      new CanaryRelease(one.shop, 'release', { service: one.cart, canary: { version: 'v2', workload: one.workload }, weight: 5 });
    expect(act).toThrow('MESH037 at test/shop/release: label version of the workload decides');
  });
});
