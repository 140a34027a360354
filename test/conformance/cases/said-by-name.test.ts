import { Mesh, MeshNamespace, MeshReport, MTls, NetworkLayer, PodSecurity, ZeroTrustNamespace, ZeroTrustStage } from 'istio-constructs';
import { newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { expectOnly } from '../who-calls-whom';

describe('what is said by name', () => {
  forEachPlane((plane) => {
    it('is a grant for a time, which lets in as any other until its day', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { until: '2099-12-31', reason: 'until the catalogue has moved' });
      await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product' }]);
      expect(MeshReport.of(chart).accessPage()).toContain('until the catalogue has moved');
    });

    it('is the security of pods, which changes nothing of who may call', async () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT, cni: true });
      const { dataPlane } = plane;
      const closed = new ZeroTrustNamespace(chart, 'closed', { dataPlane, podSecurity: PodSecurity.restricted() });
      const open = new MeshNamespace(chart, 'open', { dataPlane, podSecurity: PodSecurity.baseline({ reason: 'an old image' }) });
      new MeshNamespace(chart, 'nodes', { dataPlane, podSecurity: PodSecurity.privileged({ reason: 'a driver' }) });
      const cart = service(closed, 'cart', { apiToken: true, writableRoot: true });
      const web = service(open, 'web');
      web.calls(cart);
      await expectOnly(await judged(chart), [{ from: 'open/web', to: 'closed/cart' }], ['closed/cart']);
    });

    it('is a namespace of somebody else at its stage, in which a service is let in as there', async () => {
      const { dataPlane } = plane;
      const theirs = newChart('theirs');
      const stage = ZeroTrustStage.ALLOW_KNOWN;
      const home = new ZeroTrustNamespace(theirs, 'home', { dataPlane, stage, mtls: MTls.STRICT, networkPolicy: NetworkLayer.CLOSED });
      service(home, 'web');
      const ours = newChart('ours');
      const guest = MeshNamespace.fromName(ours, 'home', {
        name: 'home',
        dataPlane,
        zeroTrust: true,
        stage: ZeroTrustStage.ALLOW_KNOWN,
        networkPolicy: NetworkLayer.CLOSED,
      });
      const [cart, product] = [service(guest, 'cart'), service(guest, 'product')];
      cart.calls(product);
      const mesh = await judged(theirs, ours);
      const [answer] = await mesh.answers([
        { from: { workload: 'home/web-v1' }, to: { host: 'product.home.svc.cluster.local', port: 8080 } },
      ]);
      expect(answer.allowed).toBe(true);
    });
  });
});
