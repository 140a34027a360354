import { DataPlane, HttpAccess, MeshNamespace, ServiceIdentity, Waypoint } from 'istio-constructs';
import { gatewayPods, grant, manifests, pods, principal, rule, shop, spec, tcp } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const PROMETHEUS = principal('monitoring', 'prometheus');

describe('a ServiceIdentity', () => {
  forEachEnforcer((plane) => {
    it('is granted by its principal', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'));
      expect(grant(chart, 'product').rules).toEqual([rule(PROMETHEUS, { ports: ['8080'] })]);
    });

    it('of unknown plane may come over either port, from any pod of its namespace', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'));
      const direct = {
        from: [pods('monitoring')],
        ports: plane.of({ sidecar: tcp(8080, 15008), ztunnel: tcp(15008), waypoint: tcp(15008) }),
      };
      const throughWaypoint = { from: [gatewayPods('shop')], ports: tcp(15008) };
      const expected = plane.of({ sidecar: [direct], ztunnel: [direct], waypoint: [direct, throughWaypoint] });
      expect(spec(chart, 'NetworkPolicy', 'product').ingress).toEqual(expected);
    });

    it('of known plane comes over the port that its plane uses', () => {
      const portsFor = (dataPlane: DataPlane): object => {
        const { chart, product } = shop(plane);
        product.access.allow(ServiceIdentity.of('monitoring', 'prometheus', { dataPlane }));
        return spec(chart, 'NetworkPolicy', 'product').ingress as object;
      };
      const toSidecar = plane.of({ sidecar: 8080, ztunnel: 15008, waypoint: 15008 });
      expect(portsFor(DataPlane.sidecar())).toMatchObject([{ ports: tcp(toSidecar) }]);
      expect(portsFor(DataPlane.ambient())).toMatchObject([{ ports: tcp(15008) }]);
    });

    it('comes from pods with its labels alone, where they are known', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus', { podLabels: { app: 'prometheus' } }));
      const entrance = plane.of({ sidecar: 'product', ztunnel: 'product', waypoint: 'waypoint' });
      const from = [pods('monitoring', { app: 'prometheus' })];
      expect(spec(chart, 'NetworkPolicy', entrance, 'shop').ingress).toContainEqual(expect.objectContaining({ from }));
    });

    it('is one caller, however often it is named', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'));
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'));
      expect(grant(chart, 'product').rules).toHaveLength(1);
    });
  });

  it('in a namespace of this program is of that namespace’s plane, declared before or after', () => {
    const rendered = (order: 'before' | 'after'): object[] => {
      const { chart, product } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
      const declare = () => MeshNamespace.fromName(chart, 'legacy', { name: 'legacy', dataPlane: DataPlane.sidecar() });
      if (order === 'before') declare();
      product.access.allow(ServiceIdentity.of('legacy', 'web'));
      if (order === 'after') declare();
      return manifests(chart);
    };
    expect(rendered('after')).toEqual(rendered('before'));
  });

  forEachPlane((plane) => {
    it('is granted requests of a kind', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'), { http: [HttpAccess.get('/metrics')] });
      const operation = { methods: ['GET'], paths: ['/metrics'], ports: ['8080'] };
      expect(grant(chart, 'product').rules).toEqual([rule(PROMETHEUS, operation)]);
    });

    it('fails the synth when its namespace is ours and has no such account', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('payments', 'nobody'));
      expect(() => chart.toJson()).toThrow(/MESH204[\s\S]*service-identity\.test\.ts/);
    });

    it('fails the synth when it is the account that all pods share', () => {
      const { chart, product } = shop(plane);
      product.access.allow(ServiceIdentity.of('legacy', 'default'));
      expect(() => chart.toJson()).toThrow('MESH205');
    });
  });
});
