import { DataPlane, ExternalPort, ExternalService, type ExternalServiceAttributes } from 'istio-constructs';
import { findingCodes, gatewayPods, names, newChart, shop, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const attributes: ExternalServiceAttributes = {
  host: 'api.cards.example.com',
  namespaceName: 'egress',
  ports: [ExternalPort.https()],
  addresses: ['192.0.2.0/24'],
};

describe('a host outside of another program', () => {
  forEachPlane((plane) => {
    it('is called by the words of its owner, and has no objects here', () => {
      const { chart, shop: scope, cart } = shop(plane);
      cart.calls(ExternalService.fromAttributes(scope, 'cards', attributes));
      expect(names(chart, 'ServiceEntry')).toEqual([]);
      expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: tcp(443) }]);
      if (plane.name === 'sidecar') expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: ['egress/api.cards.example.com'] }]);
    });

    it('is reached through its waypoint by those who pass it', () => {
      const { chart, shop: scope, cart } = shop(plane);
      cart.calls(ExternalService.fromAttributes(scope, 'cards', { ...attributes, waypoint: 'way-out' }));
      const through = { to: [gatewayPods('egress', 'way-out')], ports: tcp(15008) };
      const straight = { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: tcp(443) };
      expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([plane.of<object>({ sidecar: straight, ambient: through })]);
    });
  });

  it('fails the synth where no waypoint is named that would begin TLS for callers in ambient mode', () => {
    const ports = [ExternalPort.tlsOrigination()];
    const codes = (dataPlane: DataPlane, waypoint?: string) => {
      const { chart, shop: scope, cart } = shop({ dataPlane });
      cart.calls(ExternalService.fromAttributes(scope, 'cards', { ...attributes, ports, waypoint }));
      return findingCodes(chart);
    };
    expect(codes(DataPlane.ambient())).toEqual(['MESH424']);
    expect(codes(DataPlane.ambient(), 'way-out')).toEqual([]);
    expect(codes(DataPlane.sidecar())).toEqual([]);
  });

  it('fails for what is no host', () => {
    const act = () => ExternalService.fromAttributes(newChart(), 'cards', { ...attributes, host: 'https://cards' });
    expectRefusal(act, { code: 'MESH023', path: 'test/cards', fix: 'api.example.com', got: 'https://cards' });
  });
});
