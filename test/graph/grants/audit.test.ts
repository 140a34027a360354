import { DataPlane, HttpAccess, MeshedService, MeshPort, MeshReport, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifest, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

describe('access.audit', () => {
  forEachPlane((plane) => {
    const name = plane.of({ sidecar: 'product-audit', ambient: 'product-waypoint-audit' });

    it('marks by a policy at the proxy that istiod tells of it, and lets in nobody', () => {
      const { chart, product } = shop(plane);
      product.access.audit();
      expect(manifest(chart, 'AuthorizationPolicy', name).spec).toEqual({
        ...plane.of({
          sidecar: { selector: { matchLabels: { app: 'product' } } },
          ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
        }),
        action: 'AUDIT',
        rules: [{ to: [{ operation: { ports: ['8080'] } }] }],
      });
      expect(MeshReport.of(chart).findings).toEqual([]);
    });

    it('is in the page of access, and no opening', () => {
      const { chart, product } = shop(plane);
      product.access.audit({ http: [HttpAccess.anyMethod('/prices')] });
      expect(MeshReport.of(chart).accessPage()).toContain('| who is marked for the log |');
      expect(MeshReport.of(chart).openings.filter(({ where }) => where === 'shop/product')).toEqual([]);
    });

    it('marks connections of bytes as well', () => {
      const { chart, shop: namespace } = shop(plane);
      service(namespace, 'cache', { ports: [MeshPort.tcp(6379)] }).access.audit();
      const audit = manifest(chart, 'AuthorizationPolicy', plane.of({ sidecar: 'cache-audit', ambient: 'cache-waypoint-audit' }));
      expect(audit.spec).toMatchObject({ action: 'AUDIT', rules: [{ to: [{ operation: { ports: ['6379'] } }] }] });
    });

    it('fails for a service of another program', () => {
      const { chart } = shop(plane);
      const ledger = MeshedService.fromAttributes(chart, 'ledger', {
        dataPlane: plane.dataPlane,
        name: 'ledger',
        namespaceName: 'bank',
        ports: [MeshPort.http(8080)],
      });
      expectRefusal(() => ledger.access.audit(), {
        code: 'MESH848',
        path: 'test/ledger',
        fix: 'in the program that makes the service',
        got: 'ledger, which another program makes',
      });
    });
  });

  it('is an error where there may be no waypoint that could', () => {
    const chart = newChart();
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.NEVER });
    service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'cache', { ports: [MeshPort.tcp(6379)] }).access.audit();
    expect(findingCodes(chart)).toContain('MESH102');
  });
});
