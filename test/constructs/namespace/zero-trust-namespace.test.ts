import { DataPlane, Waypoint, WorkloadProbe } from 'istio-constructs';
import { gatewayPods, infrastructurePolicy, manifest, names, pods, principal, rule, service, shop, spec, tcp } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const ISTIOD = { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15012) };
const METRICS = { from: [pods('monitoring')], ports: tcp(15020) };
const PROBES = [{ ipBlock: { cidr: '169.254.7.127/32' } }, { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }];
const DNS_PORTS = [{ protocol: 'UDP', port: 53 }, ...tcp(53)];
const KUBE_DNS = pods('kube-system', { 'k8s-app': 'kube-dns' });

describe('ZeroTrustNamespace', () => {
  forEachPlane((plane) => {
    it('takes mutual TLS only', () => {
      const { chart } = shop(plane);
      expect(manifest(chart, 'PeerAuthentication', 'default', 'shop').spec).toEqual({ mtls: { mode: 'STRICT' } });
    });

    it('refuses everything that nothing allows', () => {
      const { chart } = shop(plane);
      expect(manifest(chart, 'AuthorizationPolicy', 'deny-all', 'shop').spec).toEqual({});
      expect(spec(chart, 'NetworkPolicy', 'default-deny', 'shop')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    });

    it('lets every pod ask DNS, and its proxy what it needs', () => {
      const dns = { to: [KUBE_DNS, { ipBlock: { cidr: '169.254.20.10/32' } }], ports: DNS_PORTS };
      const { podSelector, egress } = infrastructurePolicy(plane);
      expect(podSelector).toEqual({});
      expect(egress).toHaveLength(plane.of({ sidecar: 2, ambient: 1 }));
      expect(egress).toEqual(expect.arrayContaining(plane.of({ sidecar: [ISTIOD, dns], ambient: [dns] })));
    });

    it('lets Prometheus read the metrics of its proxies', () => {
      const { ingress } = infrastructurePolicy(plane);
      expect(ingress).toEqual(plane.of<unknown>({ sidecar: [METRICS], ambient: undefined }));
    });

    it('lets the kubelet probe each port that is probed', () => {
      const { chart, shop: namespace } = shop(plane);
      service(namespace, 'admin', { readiness: WorkloadProbe.http('/ready', { port: 9901 }) });
      const probes = [{ from: PROBES, ports: tcp(8080, 9901) }];
      expect(spec(chart, 'NetworkPolicy', 'infrastructure', 'shop').ingress).toEqual(
        plane.of<object[]>({ sidecar: [METRICS], ambient: probes }),
      );
    });
  });

  it('tells each proxy exactly what its workload calls, in sidecar mode', () => {
    const { chart, cart, product, payment } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(product);
    cart.calls(payment);
    expect(spec(chart, 'Sidecar', 'cart', 'shop')).toEqual({
      workloadSelector: { labels: { app: 'cart' } },
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      egress: [{ hosts: ['payments/payment.payments.svc.cluster.local', 'shop/product.shop.svc.cluster.local'] }],
    });
    expect(spec(chart, 'Sidecar', 'product', 'shop').egress).toEqual([{ hosts: ['~/*'] }]);
  });
});

describe('a service behind a waypoint', () => {
  it('is closed by five things together', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    cart.calls(product);

    const strict = manifest(chart, 'PeerAuthentication', 'default', 'shop').spec;
    const ztunnelDeny = manifest(chart, 'AuthorizationPolicy', 'deny-all', 'shop').spec;
    const waypointDeny = manifest(chart, 'AuthorizationPolicy', 'waypoint-deny-all', 'shop').spec;
    const grant = manifest(chart, 'AuthorizationPolicy', 'product-waypoint', 'shop').spec;
    const noWayRound = manifest(chart, 'AuthorizationPolicy', 'product', 'shop').spec;
    expect(strict).toEqual({ mtls: { mode: 'STRICT' } });
    expect(ztunnelDeny).toEqual({});
    expect(waypointDeny).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }],
      action: 'ALLOW',
    });
    expect(grant).toEqual({
      targetRefs: [{ group: '', kind: 'Service', name: 'product' }],
      action: 'ALLOW',
      rules: [rule(principal('shop', 'cart'), { ports: ['8080'] })],
    });
    expect(noWayRound).toEqual({
      selector: { matchLabels: { app: 'product' } },
      action: 'ALLOW',
      rules: [rule(principal('shop', 'waypoint'))],
    });
  });

  it('has a waypoint that is itself closed in the network layer, but for its callers and its workloads', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    cart.calls(product);
    const policy = spec(chart, 'NetworkPolicy', 'waypoint', 'shop');
    expect(policy).toMatchObject({
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } },
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(policy.ingress).toHaveLength(2);
    expect(policy.ingress).toEqual(expect.arrayContaining([{ from: [pods('shop', { app: 'cart' })], ports: tcp(15008) }, METRICS]));
    expect(policy.egress).toHaveLength(2);
    expect(policy.egress).toEqual(expect.arrayContaining([{ to: [pods('shop', { app: 'product' })], ports: tcp(15008) }, ISTIOD]));
  });

  forEachEnforcer((plane) => {
    it('has no default deny of a waypoint that is not there', () => {
      const { chart } = shop(plane);
      const policies = plane.of({
        sidecar: ['shop/deny-all', 'payments/deny-all'],
        ztunnel: ['shop/deny-all', 'payments/deny-all'],
        waypoint: ['shop/deny-all', 'shop/waypoint-deny-all', 'payments/deny-all', 'payments/waypoint-deny-all'],
      });
      expect(names(chart, 'AuthorizationPolicy').sort()).toEqual(policies.sort());
    });

    it('is met by packets where its enforcer takes them', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      const toProduct = plane.of({
        sidecar: { to: [pods('shop', { app: 'product' })], ports: tcp(8080) },
        ztunnel: { to: [pods('shop', { app: 'product' })], ports: tcp(15008) },
        waypoint: { to: [gatewayPods('shop')], ports: tcp(15008) },
      });
      const fromCart = plane.of({
        sidecar: { from: [pods('shop', { app: 'cart' })], ports: tcp(8080) },
        ztunnel: { from: [pods('shop', { app: 'cart' })], ports: tcp(15008) },
        waypoint: { from: [gatewayPods('shop')], ports: tcp(15008) },
      });
      expect(spec(chart, 'NetworkPolicy', 'cart', 'shop')).toEqual({
        podSelector: { matchLabels: { app: 'cart' } },
        policyTypes: ['Egress'],
        egress: [toProduct],
      });
      expect(spec(chart, 'NetworkPolicy', 'product', 'shop')).toEqual({
        podSelector: { matchLabels: { app: 'product' } },
        policyTypes: ['Ingress'],
        ingress: [fromCart],
      });
    });
  });
});
