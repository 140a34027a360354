import { ApiObject, Chart, Duration, Include, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataPlane, HttpAccess, MeshedService, MeshPort, MeshReport, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, names, newChart, pods, principal, rule, service, shop, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const AMBIENT = { dataPlane: DataPlane.ambient() };
const GET = { http: [HttpAccess.get('/a')] };

function rawService(scope: Chart | ZeroTrustNamespace, name: string, fields: object = {}, labels: object = {}): ApiObject {
  const content = { selector: { app: 'cart' }, ports: [{ port: 8080 }], ...fields };
  return new ApiObject(scope, name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', labels },
    spec: content,
  } as never);
}

/** A closed shop in which cart is behind a waypoint. */
function guarded() {
  const one = shop(AMBIENT);
  one.product.calls(one.cart, GET);
  return one;
}

const targets = (chart: Chart) =>
  (spec(chart, 'AuthorizationPolicy', 'cart-waypoint').targetRefs as Array<{ readonly name: string }>).map(({ name }) => name);
const hosts = (chart: Chart, caller: string) =>
  (spec(chart, 'Sidecar', caller).egress as Array<{ hosts: string[] }>)[0].hosts.map((host) => host.split('.')[0]);

describe('a Service beside', () => {
  it('is covered by the policies of the service whose pods it leads to, whoever wrote it and however it finds them', () => {
    const { chart, shop: namespace, cart } = guarded();
    rawService(chart, 'by-app');
    rawService(chart, 'by-version', { selector: { app: 'cart', version: 'v1' } });
    cart.deployment.podMetadata.addLabel('team', 'buy');
    rawService(namespace, 'by-team', { selector: { team: 'buy' } });
    new kplus.Service(namespace, 'of-kplus', { metadata: { name: 'of-kplus' }, ports: [{ port: 8080 }], selector: cart.deployment });
    const folder = mkdtempSync(join(tmpdir(), 'beside-'));
    const url = join(folder, 'service.yaml');
    writeFileSync(
      url,
      'apiVersion: v1\nkind: Service\nmetadata: {name: included, namespace: shop}\nspec: {selector: {app: cart}, ports: [{port: 8080}]}',
    );
    new Include(chart, 'include', { url });
    rmSync(folder, { recursive: true });
    expect(targets(chart).sort()).toEqual(['by-app', 'by-team', 'by-version', 'cart', 'included', 'of-kplus']);
  });

  it('is none of a service where it leads elsewhere', () => {
    const { chart } = guarded();
    rawService(chart, 'other-version', { selector: { app: 'cart', version: 'v9' } });
    rawService(chart, 'other-pods', { selector: { app: 'search' } });
    rawService(chart, 'no-pods', { selector: undefined });
    rawService(chart, 'name-only', { type: 'ExternalName', externalName: 'example.com' });
    rawService(chart, 'opted-out', {}, { 'istio.io/use-waypoint': 'none' });
    rawService(chart, 'headless', { clusterIP: 'None' });
    expect(targets(chart)).toEqual(['cart']);
  });

  it('is known whenever it is declared, after a reading too', () => {
    const one = guarded();
    expect(targets(one.chart)).toEqual(['cart']);
    rawService(one.chart, 'basket');
    expect(targets(one.chart)).toEqual(['cart', 'basket']);
    const [early, late] = [newChart(), newChart()].map((chart, index) => {
      if (index === 0) rawService(chart, 'basket');
      const namespace = new ZeroTrustNamespace(chart, 'shop', AMBIENT);
      service(namespace, 'web').calls(service(namespace, 'cart'), GET);
      if (index === 1) rawService(chart, 'basket');
      return chart;
    });
    expect(targets(early)).toEqual(targets(late));
  });

  it('is one more host that callers with a sidecar are told of, with or without an address', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    product.calls(cart);
    rawService(chart, 'basket');
    rawService(chart, 'cart-pods', { clusterIP: 'None' });
    expect(hosts(chart, 'product')).toEqual(['shop/basket', 'shop/cart-pods', 'shop/cart']);
  });
});

describe('a Service of ours that its user patches', () => {
  it('is behind no waypoint once it has no address, and the policy of its callers is for their ztunnel', () => {
    const { chart, cart, product } = shop(AMBIENT);
    product.calls(cart);
    cart.calls(product, GET);
    expect(targets(chart)).toEqual(['cart']);
    ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    expect(spec(chart, 'AuthorizationPolicy', 'cart')).toMatchObject({ selector: { matchLabels: { app: 'cart' } } });
    expect(names(chart, 'AuthorizationPolicy').filter((name) => name.startsWith('shop/cart-waypoint'))).toEqual([]);
  });

  it('needs a waypoint in vain for a route; a call by request is served by another Service with an address', () => {
    const { chart, cart, product } = shop(AMBIENT, { timeout: Duration.seconds(3) });
    product.calls(cart, GET);
    ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    const inVain = () => MeshReport.of(chart).findings.filter(({ code }) => code === 'MESH117');
    const told = () => inVain().map(({ path }) => path);
    const route = 'test/shop/cart';
    expect(told()).toEqual([route, 'test/shop/product']);
    rawService(chart, 'basket');
    expect(told()).toEqual([route]);
  });

  it('stays what it is by any other patch', () => {
    const { chart, cart } = guarded();
    ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/metadata/annotations', { team: 'buy' }));
    expect(targets(chart)).toEqual(['cart']);
  });
});

describe('pods that no construct made, under an account that may call', () => {
  forEachPlane((plane) => {
    const pod = (labels: object) => ({
      metadata: { labels, annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } },
      spec: { serviceAccountName: 'close-day', containers: [{ name: 'main', image: 'close-day:1' }] },
    });
    const job = (scope: ZeroTrustNamespace, labels: object, name = 'close-day') =>
      new ApiObject(scope, name, {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name },
        spec: { jobTemplate: { spec: { template: pod(labels) } } },
      });
    const account = (scope: ZeroTrustNamespace) =>
      new ApiObject(scope, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'close-day' } });

    it('get the way out that their calls need, by their own labels', () => {
      const { chart, shop: namespace, cart } = shop(plane);
      cart.access.allow(ServiceIdentity.of('shop', 'close-day'));
      account(namespace);
      job(namespace, { app: 'close-day' });
      const ports = tcp(plane.of({ sidecar: 8080, ambient: 15008 }));
      expect(spec(chart, 'NetworkPolicy', 'close-day-cronjob')).toEqual({
        podSelector: { matchLabels: { app: 'close-day' } },
        policyTypes: ['Egress'],
        egress: [{ to: [pods('shop', { app: 'cart' })], ports: ports }],
      });
      expect(findingCodes(chart)).toEqual([]);
    });

    it('get none where nobody lets them in, where they are refused, and where nothing tells them apart', () => {
      const { chart, shop: namespace, cart, product } = shop(plane);
      account(namespace);
      job(namespace, { app: 'close-day' });
      product.calls(cart);
      cart.access.deny(ServiceIdentity.of('shop', 'close-day'));
      expect(names(chart, 'NetworkPolicy')).not.toContain('shop/close-day-cronjob');
      const alike = shop(plane);
      account(alike.shop);
      job(alike.shop, {});
      alike.cart.access.allow(ServiceIdentity.of('shop', 'close-day'));
      expect(findingCodes(alike.chart)).toEqual(['MESH220']);
    });

    it('get none in an open namespace, where nothing is shut', () => {
      const { chart, cart } = shop(plane);
      new ApiObject(chart, 'job', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'import', namespace: 'open' },
        spec: { template: pod({ app: 'x' }) },
      });
      cart.access.allow(ServiceIdentity.of('open', 'close-day'));
      expect(names(chart, 'NetworkPolicy').filter((name) => name.startsWith('open/'))).toEqual([]);
    });
  });

  it('tell of their plane where the program does not declare their namespace', () => {
    const { chart, cart } = guarded();
    cart.access.allow(ServiceIdentity.of('legacy', 'web'));
    const atPods = () => spec(chart, 'AuthorizationPolicy', 'cart', 'shop').rules;
    expect(atPods()).toEqual([rule(principal('legacy', 'web'), { ports: ['8080'] }), rule(principal('shop', 'waypoint'))]);
    new ApiObject(chart, 'ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'legacy', labels: { 'istio.io/dataplane-mode': 'ambient' } },
    });
    const template = {
      metadata: { labels: { app: 'web' } },
      spec: { serviceAccountName: 'web', containers: [{ name: 'main', image: 'web:1' }] },
    };
    new ApiObject(chart, 'web', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'legacy' },
      spec: { template },
    });
    expect(atPods()).toEqual([rule(principal('shop', 'waypoint'))]);
  });
});

describe('a workload made elsewhere', () => {
  it('has every Service over its pods, by labels of its own too', () => {
    const chart = newChart();
    const namespace = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const template = { metadata: { labels: { component: 'ledger' } }, spec: { containers: [{ name: 'main', image: 'ledger:1' }] } };
    const workload = new ApiObject(chart, 'sts', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'ledger', namespace: 'shop' },
      spec: { template },
    });
    const ledger = MeshedService.fromWorkload(namespace, 'ledger', workload, { ports: [MeshPort.tcp(7000)] });
    ledger.calls(ledger);
    rawService(chart, 'peers', { selector: { component: 'ledger' }, clusterIP: 'None' });
    expect(hosts(chart, 'ledger')).toEqual(['shop/ledger', 'shop/peers']);
  });
});
