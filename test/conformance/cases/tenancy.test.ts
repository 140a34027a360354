import { DataPlane, MeshNamespace, MeshReport, Tenant } from 'istio-constructs';
import { edgeGateway, manifests, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { meshFrom } from '../mesh-under-test';
import { beside } from '../raw-objects';
import { call } from '../requests';
import { expectOnly } from '../who-calls-whom';

const PRODUCT = 'product.shop.svc.cluster.local';

describe('a tenant', () => {
  forEachPlane((plane) => {
    it('has all that its program makes: calls, and what comes in by a gateway that is lent to it', async () => {
      const { chart, cart, product } = shop(plane);
      edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com' });
      cart.calls(product);
      const tenant = new Tenant(chart, 'buyers', {
        namespaces: ['shop'],
        hosts: ['shop.example.com'],
        gateways: ['edge/gateway'],
        addresses: ['203.0.113.0/24'],
        admission: true,
      });
      expect([tenant.admissionPolicy?.kind, tenant.admissionBinding?.kind]).toEqual([
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
      ]);
      await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product' }], ['shop/product']);
    });
  });

  const sidecars = { dataPlane: DataPlane.sidecar() };

  it('is told of what Istio would do: a VirtualService of another team takes the requests for its Service', async () => {
    const chart = newChart();
    const open = new MeshNamespace(chart, 'shop', sidecars);
    const [cart, product] = [service(open, 'cart'), service(open, 'product')];
    const theirs = newChart('theirs');
    const home = new MeshNamespace(theirs, 'theirs', sidecars);
    service(home, 'thief');
    const spec = { hosts: [PRODUCT], http: [{ route: [{ destination: { host: 'thief.theirs.svc.cluster.local' } }] }] };
    beside(home, ['networking.istio.io/v1', 'VirtualService', 'beside', spec]);
    const { ways } = await meshFrom([...manifests(chart), ...manifests(theirs)]).answer(call(cart, product));
    expect(JSON.stringify(ways)).toContain('thief');

    new Tenant(theirs, 'thieves', { namespaces: ['theirs'] });
    expect(MeshReport.of(theirs).findings.map(({ code }) => code)).toContain('MESH131');
  });
});
