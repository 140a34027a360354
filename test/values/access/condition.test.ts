import { Condition, DataPlane, HttpAccess, IpBlocks, MeshPort, MeshReport, Waypoint } from 'istio-constructs';
import { findingCodes, grant, principal, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const OFFICE = IpBlocks.ofPeers('10.20.0.0/16');
const CART = { from: [{ source: { principals: [principal('shop', 'cart')] } }] };

describe('a condition', () => {
  forEachPlane((plane) => {
    it('on a header stands beside the caller and its requests', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { conditions: [Condition.header('X-Tenant', 'globex', 'acme')], http: [HttpAccess.get('/prices')] });
      const to = [{ operation: { methods: ['GET'], paths: ['/prices'], ports: ['8080'] } }];
      const when = [{ key: 'request.headers[x-tenant]', values: ['acme', 'globex'] }];
      expect(grant(chart, 'product').rules).toEqual([{ ...CART, to, when }]);
      expect(findingCodes(chart)).not.toContain('MESH223');
    });

    it('is in the report', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { conditions: [Condition.header('x-tenant', 'acme', 'globex')] });
      expect(MeshReport.of(chart).accessPage()).toContain('| all<br>with the header x-tenant: acme or globex |');
    });

    it('on addresses is asked of connections', () => {
      const { chart, shop: namespace, cart } = shop(plane);
      const ledger = service(namespace, 'ledger', { ports: [MeshPort.tcp(5432)] });
      cart.calls(ledger, { conditions: [Condition.at(OFFICE)] });
      const when = [{ key: 'source.ip', values: ['10.20.0.0/16'] }];
      expect(grant(chart, 'ledger').rules).toEqual([{ ...CART, to: [{ operation: { ports: ['5432'] } }], when }]);
    });

    it('fails in a refusal, which it would let pass', () => {
      const { product } = shop(plane);
      const conditions = [Condition.header('x-debug', '*')];
      expect(() => product.access.denyAnyone({ conditions } as object)).toThrow(/MESH877/);
    });
  });

  it('on addresses fails the synth behind a waypoint', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    cart.calls(product, { conditions: [Condition.at(OFFICE)] });
    expect(findingCodes(chart)).toContain('MESH248');
  });

  it('on the address of a client fails, for anybody can write it', () => {
    expect(() => Condition.at(IpBlocks.ofClients('10.0.0.0/8'))).toThrow(/MESH856/);
  });

  it.each(['', ':path', 'x tenant', 'Host', 'x-forwarded-for', 'X-Envoy-Internal', 'x-a]'])('fails on the header %p', (name) => {
    expect(() => Condition.header(name, 'a')).toThrow(/MESH857/);
  });

  it.each([[[]], [['']], [['a*b']], [['**']]])('fails with the values %p', (values) => {
    expect(() => Condition.header('x-tenant', ...values)).toThrow(/MESH857/);
  });
});
