import { Callers, DataPlane, HttpAccess, IpBlocks, MeshPort, MeshReport, RequestMatch, Waypoint } from 'istio-constructs';
import { denial, findingCodes, gatewayPods, grant, pods, rule, service, shop, spec, tcp } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const reason = 'every report reads prices';
const BILLING = 'cluster.local/ns/billing/sa/*';

describe('callers of a namespace', () => {
  forEachEnforcer((plane) => {
    it('are granted by the beginning of their identity, up to its end of the namespace', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing'), { reason });
      expect(grant(chart, 'product').rules).toEqual([rule(BILLING, { ports: ['8080'] })]);
    });

    it('are a namespace of pods in the network layer', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing', { dataPlane: plane.dataPlane }), { reason });
      const entrance = plane.of({ sidecar: 'product', ztunnel: 'product', waypoint: 'waypoint' });
      const ports = plane.of({ sidecar: tcp(8080), ztunnel: tcp(15008), waypoint: tcp(15008) });
      expect(spec(chart, 'NetworkPolicy', entrance, 'shop').ingress).toContainEqual({ from: [pods('billing')], ports });
    });

    it('are refused, on ports that are named', () => {
      const { chart, product } = shop(plane);
      product.access.deny(Callers.ofNamespace('sandbox'));
      expect(denial(chart, 'product').rules).toEqual([rule('cluster.local/ns/sandbox/sa/*', { ports: ['8080'] })]);
    });

    it('are an opening of the report, with its reason', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing'), { reason });
      const what = 'all of namespace billing may call port 8080 (http)';
      expect(MeshReport.of(chart).openings).toContainEqual(expect.objectContaining({ what, reason, where: 'shop/product' }));
      expect(MeshReport.of(chart).accessPage()).toContain(`| all of namespace billing<br>${reason} | 8080 (http) |`);
    });
  });

  forEachPlane((plane) => {
    it('are granted requests of a kind', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('billing', { dataPlane: plane.dataPlane }), { reason, http: [HttpAccess.get('/prices')] });
      expect(grant(chart, 'product').rules).toEqual([rule(BILLING, { methods: ['GET'], paths: ['/prices'], ports: ['8080'] })]);
    });

    it('find no way round what they are refused by path', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofNamespace('payments'), { reason });
      product.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin')] });
      expect(findingCodes(chart)).not.toContain('MESH212');
    });
  });

  it('in a namespace of this program are of that namespace’s plane', () => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    product.access.allow(Callers.ofNamespace('payments'), { reason });
    expect(spec(chart, 'NetworkPolicy', 'product', 'shop').ingress).toEqual([{ from: [gatewayPods('shop')], ports: tcp(15008) }]);
  });

  it.each([undefined, ' '])('fail without words for why: %p', (words) => {
    const { product } = shop({ dataPlane: DataPlane.sidecar() });
    expect(() => product.access.allow(Callers.ofNamespace('billing'), { reason: words })).toThrow(/MESH853/);
  });

  it('fail under a name that is none', () => {
    expect(() => Callers.ofNamespace('shop*')).toThrow(/MESH001/);
  });

  it('are no sender that a rule of a route could look for', () => {
    expect(() => RequestMatch.sentBy(Callers.ofNamespace('billing'))).toThrow(/MESH068/);
  });
});

describe('callers of a trust domain', () => {
  forEachEnforcer((plane) => {
    it('are granted by the beginning of their identity, from wherever they are', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofTrustDomain('partner.example'), { reason });
      expect(grant(chart, 'product').rules).toEqual([rule('partner.example/*', { ports: ['8080'] })]);
      const entrance = plane.of({ sidecar: 'product', ztunnel: 'product', waypoint: 'waypoint' });
      const ports = plane.of({ sidecar: tcp(8080, 15008), ztunnel: tcp(15008), waypoint: tcp(15008) });
      expect(spec(chart, 'NetworkPolicy', entrance, 'shop').ingress).toContainEqual({ ports });
      expect(findingCodes(chart)).toContain('MESH249');
    });

    it('of this mesh come from its own pods', () => {
      const { chart, product } = shop(plane);
      product.access.allow(Callers.ofTrustDomain('cluster.local'), { reason });
      const entrance = plane.of({ sidecar: 'product', ztunnel: 'product', waypoint: 'waypoint' });
      expect(spec(chart, 'NetworkPolicy', entrance, 'shop').ingress).toContainEqual(
        expect.objectContaining({ from: [{ namespaceSelector: {} }] }),
      );
    });
  });

  it('fail under a name that is none', () => {
    expect(() => Callers.ofTrustDomain('spiffe://partner')).toThrow(/MESH032/);
  });
});

describe('callers at some addresses', () => {
  const OFFICE = IpBlocks.ofPeers('10.20.0.0/16');

  forEachPlane((plane) => {
    it('are granted and let in by them, where nothing hides them', () => {
      const { chart, shop: namespace } = shop(plane);
      service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] }).access.allow(Callers.at(OFFICE), { reason });
      const to = [{ operation: { ports: ['5432'] } }];
      expect(grant(chart, 'ledger').rules).toEqual([{ from: [{ source: { ipBlocks: ['10.20.0.0/16'] } }], to }]);
      const ports = plane.of({ sidecar: tcp(5432), ambient: tcp(15008) });
      expect(spec(chart, 'NetworkPolicy', 'ledger').ingress).toContainEqual({ from: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports });
      expect(findingCodes(chart)).not.toContain('MESH248');
    });
  });

  it('fail the synth behind a waypoint, which is not told them', () => {
    const { chart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    product.access.allow(Callers.at(OFFICE), { reason });
    expect(findingCodes(chart)).toContain('MESH248');
  });

  it('fail by the address of a client, which anybody can write', () => {
    expect(() => Callers.at(IpBlocks.ofClients('203.0.113.0/24'))).toThrow(/MESH856/);
  });
});
