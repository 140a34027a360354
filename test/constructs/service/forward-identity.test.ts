import { DataPlane, HttpAccess, MeshedStatefulSet, MeshPort, MeshReport, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifests, names, newChart, service, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const ANNOTATION = 'ambient.istio.io/xfcc-include-client-identity';

describe('forwardIdentity', () => {
  forEachPlane((plane) => {
    it('asks a waypoint to tell who calls, and a sidecar for nothing, which does so anyway', () => {
      const { chart, cart, product } = shop(plane, { forwardIdentity: true });
      product.calls(cart);
      expect(names(chart, 'Gateway')).toEqual(plane.of<string[]>({ sidecar: [], ambient: ['shop/waypoint'] }));
      const told = manifests(chart).flatMap(({ kind, spec: said }) =>
        kind === 'Gateway' ? [(said!.infrastructure as { annotations: object }).annotations] : [],
      );
      expect(told).toEqual(plane.of<unknown[]>({ sidecar: [], ambient: [{ [ANNOTATION]: 'true' }] }));
      expect(findingCodes(chart)).toEqual([]);
      const { istio, gatewayApi } = MeshReport.of(chart).requirements;
      expect([istio, gatewayApi]).toEqual(plane.of<unknown[]>({ sidecar: ['1.29.0', undefined], ambient: ['1.30.0', '1.2'] }));
    });

    it('is said of a set of pods as well', () => {
      const chart = newChart();
      const closed = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      new MeshedStatefulSet(closed, 'ledger', {
        image: 'registry.example.com/ledger:1.0.0',
        ports: [MeshPort.http(8080)],
        forwardIdentity: true,
      });
      expect(names(chart, 'Gateway')).toEqual(plane.of<string[]>({ sidecar: [], ambient: ['shop/waypoint'] }));
    });
  });

  it('is told to a waypoint that is there already, whenever it is said, beside its other annotations', () => {
    const annotations = { 'example.com/team': 'shop' };
    const { chart, cart, product, shop: closed } = shop({ dataPlane: DataPlane.ambient({ waypointPods: { annotations } }) });
    product.calls(cart, { http: [HttpAccess.get('/items')] });
    expect(spec(chart, 'Gateway', 'waypoint', 'shop').infrastructure).toMatchObject({ annotations });
    service(closed, 'audit', { forwardIdentity: true });
    expect(spec(chart, 'Gateway', 'waypoint', 'shop').infrastructure).toMatchObject({
      annotations: { ...annotations, [ANNOTATION]: 'true' },
    });
  });

  it('fails as a finding where the namespace has no waypoint', () => {
    const { chart } = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) }, { forwardIdentity: true });
    expect(findingCodes(chart)).toEqual(['MESH102']);
  });
});
