import { Mesh, MeshedService, MeshedStatefulSet, MeshNamespace, MeshPort, MeshReport, MTls, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifests, newChart, service, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const UNTIL = { until: '2099-12-31', reason: 'the importer has no sidecar yet' };

forEachPlane((plane) => {
  const { dataPlane } = plane;

  describe('mutual TLS', () => {
    it('is said at each level, and what weakens it stands in the report', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const shop = new MeshNamespace(chart, 'shop', { dataPlane, mtls: MTls.migrating(UNTIL) });
      service(shop, 'cart', { mtls: MTls.STRICT });
      service(shop, 'product', { mtls: MTls.migrating({ until: '2099-06-30' }), ports: [MeshPort.http(8080, { mtls: MTls.STRICT })] });
      const { access } = JSON.parse(MeshReport.of(chart).toJson()) as { readonly access: { readonly openings: readonly object[] } };

      expect(spec(chart, 'PeerAuthentication', 'cart')).toEqual({ selector: { matchLabels: { app: 'cart' } }, mtls: { mode: 'STRICT' } });
      expect(spec(chart, 'PeerAuthentication', 'product')).toEqual({
        selector: { matchLabels: { app: 'product' } },
        mtls: { mode: 'PERMISSIVE' },
        portLevelMtls: { '8080': { mode: 'STRICT' } },
      });
      expect(access.openings).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            where: 'namespace shop',
            what: 'callers without mutual TLS are let in (PERMISSIVE) until 2099-12-31',
            reason: UNTIL.reason,
          }),
          expect.objectContaining({ where: 'shop/product', what: 'callers without mutual TLS are let in (PERMISSIVE) until 2099-06-30' }),
        ]),
      );
    });

    it('is the word of pods of every kind that are called', () => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', { dataPlane });
      new MeshedStatefulSet(shop, 'db', { image: 'db:1', ports: [MeshPort.tcp(5432)], mtls: MTls.STRICT });
      expect(spec(chart, 'PeerAuthentication', 'db')).toMatchObject({ mtls: { mode: 'STRICT' } });
    });

    it('is told by the day, loudly where the level above asks for it', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      service(new MeshNamespace(chart, 'shop', { dataPlane, mtls: MTls.migrating(UNTIL) }), 'cart');
      service(new ZeroTrustNamespace(chart, 'bank', { dataPlane }), 'ledger', {
        ports: [MeshPort.http(80, { mtls: MTls.migrating(UNTIL) })],
      });
      const texts = MeshReport.of(chart).findings.map(({ text }) => text.split('\n')[0]);

      expect(texts).toEqual([
        expect.stringMatching(
          /^MESH254 at test\/bank\/ledger: bank\/ledger on port 80 takes .* though PeerAuthentication bank\/default says STRICT/,
        ),
        expect.stringMatching(
          /^MESH254 at test\/shop: namespace shop takes .* though PeerAuthentication istio-system\/default says STRICT/,
        ),
        expect.stringMatching(/^MESH257 at test\/bank\/ledger: /),
      ]);
    });

    it('is told of a mode without an end, and of its own objects once', () => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', { dataPlane, mtls: MTls.STRICT });
      service(shop, 'cart', { mtls: MTls.PERMISSIVE });
      service(shop, 'product', { ports: [MeshPort.http(8080, { mtls: MTls.PERMISSIVE })] });
      const found = MeshReport.of(chart).findings.map(({ code, path }) => `${code} ${path}`);
      expect(found).toEqual(['MESH108 test/shop/cart/PeerAuthentication', 'MESH108 test/shop/product/PeerAuthentication']);
    });

    it('is switched off by name, where there are sidecars', () => {
      const chart = newChart();
      const shop = new MeshNamespace(chart, 'shop', { dataPlane });
      const cart = service(shop, 'cart');
      const product = service(shop, 'product', { mtls: MTls.disabled('a sniffer reads it') });
      expect(findingCodes(chart)).toEqual(plane.of({ sidecar: ['MESH110'], ambient: ['MESH109'] }));
      // Whoever is named cannot show it: what the program says may pass would not.
      cart.calls(product);
      expect(findingCodes(chart)).toContain(plane.of({ sidecar: 'MESH256', ambient: 'MESH109' }));
    });

    it('is switched off in the whole mesh where no pod is in ambient mode', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.disabled('a try') });
      service(new MeshNamespace(chart, 'shop', { dataPlane }), 'cart');
      expect(findingCodes(chart)).toEqual(plane.of({ sidecar: ['MESH110'], ambient: ['MESH109'] }));
    });

    it('fails at two ports that lead to one of the pods and say two things, and at pods made elsewhere', () => {
      const shop = new MeshNamespace(newChart(), 'shop', { dataPlane });
      const ports = [MeshPort.http(80, { targetPort: 8080, mtls: MTls.STRICT }), MeshPort.http(81, { targetPort: 8080, suffix: 'b' })];
      expectRefusal(() => new MeshedService(shop, 'cart', { image: 'cart:1', ports }), {
        code: 'MESH792',
        path: 'test/shop/cart',
        fix: 'say the same on both',
      });
      const attributes = { namespaceName: 'billing', ports: [ports[0]], dataPlane };
      const imported = () => MeshedService.fromAttributes(shop, 'invoice', attributes);
      expectRefusal(imported, { code: 'MESH793', path: 'test/shop/invoice', fix: 'leave it out here', got: 'mtls at port http' });
    });

    it('has no object where nothing is said', () => {
      const chart = newChart();
      service(new MeshNamespace(chart, 'shop', { dataPlane }), 'cart');
      expect(manifests(chart).filter(({ kind }) => kind === 'PeerAuthentication')).toEqual([]);
    });
  });
});
