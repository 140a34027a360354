import { infrastructureHosts, renderSidecarScope } from '../../../lib/render/routes/sidecar-scope';
import { call, namespaceState, other, service } from '../../rules/model-builder';

const cart = service('cart');
const [product, payment] = [service('product'), service('payment', { namespace: namespaceState('payments', 'sidecar') })];
const [PRODUCT, PAYMENT] = ['shop/product.shop.svc.cluster.local', 'payments/payment.payments.svc.cluster.local'];

const hostsOf = (calls: Parameters<typeof renderSidecarScope>[1], always: string[] = []) =>
  renderSidecarScope({ app: 'cart' }, calls, always).egress![0].hosts;

describe('a Sidecar scope', () => {
  it('tells a workload of the hosts that it calls, and refuses all others', () => {
    expect(renderSidecarScope({ app: 'cart' }, [call(cart, product), call(cart, payment)], [])).toEqual({
      workloadSelector: { labels: { app: 'cart' } },
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      egress: [{ hosts: [PAYMENT, PRODUCT] }],
    });
  });

  // An empty list is refused by Istio; `~` stands for no namespace at all.
  it('tells a workload that calls nobody of no host', () => {
    expect(hostsOf([])).toEqual(['~/*']);
  });

  it('says nothing of whom a workload must not call', () => {
    expect(hostsOf([call(cart, product, { action: 'DENY' })])).toEqual(['~/*']);
  });

  it('has each host once, in one order, with those that every workload needs', () => {
    const always = ['observe/otel.observe.svc.cluster.local'];
    const calls = [call(cart, product), call(cart, payment), call(cart, product)];
    expect(hostsOf(calls, always)).toEqual([always[0], PAYMENT, PRODUCT]);
    expect(hostsOf(calls.reverse(), always)).toEqual(hostsOf(calls, always));
  });

  it('has the hosts of the versions that a route may send it to', () => {
    const meshHosts = ['product', 'product-v1', 'product-v2'].map((name) => `${name}.shop.svc.cluster.local`);
    expect(hostsOf([call(cart, service('product', { meshHosts }))])).toEqual([
      'shop/product-v1.shop.svc.cluster.local',
      'shop/product-v2.shop.svc.cluster.local',
      PRODUCT,
    ]);
  });

  it('has a host outside under the namespace that declares it', () => {
    const cards = other('external', 'cards', { namespaceName: 'payments', host: 'api.cards.example.com' });
    expect(hostsOf([call(cart, cards)])).toEqual(['payments/api.cards.example.com']);
  });
});

describe('hosts that every workload needs', () => {
  const facts = { dns: [], controlPlaneNamespace: 'istio-system', probePorts: [], telemetryBackends: [] };

  it('are collectors, and the API server where it is open', () => {
    const telemetryBackends = [{ host: 'otel.observe.svc.acme.local', namespaceName: 'observe', port: 4317 }];
    const apiServer = { cidr: '10.0.0.1/32', port: 6443 };
    expect(infrastructureHosts({ ...facts, telemetryBackends, apiServer }, 'acme.local')).toEqual([
      'observe/otel.observe.svc.acme.local',
      'default/kubernetes.default.svc.acme.local',
    ]);
  });

  it('are none where there are none', () => {
    expect(infrastructureHosts(facts, 'cluster.local')).toEqual([]);
  });
});
