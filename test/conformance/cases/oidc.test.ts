import { App } from 'cdk8s';
import { OidcShop } from '../../../apps/oidc/oidc';
import { forEachPlane } from '../../for-each-plane';
import { INSTALLATIONS } from '../installations';
import { judgedUnder } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { enter, STRANGERS } from '../requests';

describe('the oidc app', () => {
  forEachPlane(({ dataPlane }) => {
    const chart = () => new OidcShop(new App(), 'oidc', { dataPlane });
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judgedUnder(INSTALLATIONS.oidc, chart());
    });

    it('asks about all that is meant for the shop, however it is written, and about nothing else', async () => {
      const urls = ['/', '/orders/7', '//orders', '/oauth2/callback'].map((path) => `https://shop.example.com${path}`);
      const answers = await mesh.answers([...urls, 'https://SHOP.example.com/', 'https://blog.example.com/'].map((url) => enter(url)));
      expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => true));
      expect(answers.map(({ asks }) => asks!.map(({ provider }) => provider))).toEqual([...Array(5).fill(['oauth2-proxy']), []]);
    });

    it('leads what oauth2-proxy answers to everybody to itself', async () => {
      const paths = ['/oauth2/callback', '/oauth2/static/a.css', '/oauth2/ping', '/robots.txt', '/', '/oauth22'];
      const answers = await mesh.answers(paths.map((path) => enter(`https://shop.example.com${path}`)));
      const [login, web] = ['login/oauth2-proxy-v1', 'shop/web-v1'];
      expect(answers.map(({ ways }) => ways[0].workload)).toEqual([login, login, login, login, web, web]);
    });

    it('lets oauth2-proxy alone reach the identity provider, and the gateway alone oauth2-proxy and the shop', async () => {
      const provider = { host: 'id.example.com', port: 443 };
      const [asks] = await mesh.answers([{ from: { workload: 'login/oauth2-proxy-v1' }, to: provider }]);
      expect(asks.allowed).toBe(true);
      const closed = ['web.shop.svc.cluster.local:8080', 'oauth2-proxy.login.svc.cluster.local:4180'].map((one) => one.split(':'));
      const callers = [{ workload: 'shop/blog-v1' }, ...Object.values(STRANGERS)];
      const requests = closed.flatMap(([host, port]) => callers.map((from) => ({ from, to: { host, port: Number(port) } })));
      expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual(requests.map(() => false));
    });

    it('is closed as long as the mesh configuration does not know oauth2-proxy', async () => {
      const unknown = await judgedUnder({}, chart());
      const answers = await unknown.answers([enter('https://shop.example.com/'), enter('https://blog.example.com/')]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    });
  });
});
