import { App } from 'cdk8s';
import { IngressShop } from '../../../apps/ingress/ingress';
import { forEachPlane } from '../../for-each-plane';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { enter, enterShowing } from '../requests';
import { expectOnly } from '../who-calls-whom';

describe('the ingress app', () => {
  forEachPlane(({ dataPlane }) => {
    let mesh: MeshUnderTest;

    beforeAll(() => {
      const { manifests } = meshOf(new IngressShop(new App(), 'ingress', { dataPlane }));
      // The judge has no schemas of cert-manager.
      mesh = meshFrom(manifests.filter((manifest) => (manifest as { readonly kind: string }).kind !== 'Certificate'));
    });

    const allowed = async (requests: readonly ReturnType<typeof enter>[]) =>
      (await mesh.answers(requests)).map(({ allowed: isIn, ways }) => (isIn ? ways[0].workload : undefined));

    it('has nothing that Istio complains about', async () => {
      expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
      await expectOnly(mesh, []);
    });

    it('lets in what it exposes, by hosts and paths', async () => {
      const urls = [
        'shop.example.com/',
        'www.example.com/a',
        'fr.old.example.com/',
        'shop.example.com/api/orders/1',
        'de.old.example.com/',
      ];
      const [web, orders] = ['shop/web-v1', 'shop/orders-v1'];
      expect(await allowed(urls.map((url) => enter(`https://${url}`)))).toEqual([web, web, web, orders, undefined]);
    });

    it('lets in partners who show a certificate, for what they may send', async () => {
      const [orders, prices] = ['https://partners.example.com/orders', 'https://partners.example.com/acme.Prices/Get'];
      const requests = [
        enterShowing(orders, { method: 'POST' }),
        enterShowing(orders),
        enterShowing(prices),
        enter(orders, { method: 'POST' }),
      ];
      expect(await allowed(requests)).toEqual(['shop/orders-v1', undefined, 'shop/prices-v1', undefined]);
    });

    it('hands on TLS and bytes, and another team’s requests', async () => {
      const urls = [
        'https://vault.example.com/',
        'tls://any.example.com:5432',
        'https://search.example.com/v2/search',
        'https://search.example.com/',
      ];
      expect(await allowed(urls.map((url) => enter(url)))).toEqual(['shop/vault-v1', 'shop/ledger-v1', 'search/index-v1', undefined]);
    });

    it('sends HTTP to HTTPS', async () => {
      const { legs } = await mesh.answer(enter('http://shop.example.com/a'));
      expect(legs.at(-1)?.shape).toMatchObject({ status: 301, location: 'https://shop.example.com/a' });
    });
  });
});
