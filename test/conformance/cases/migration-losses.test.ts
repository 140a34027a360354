import { DataPlane, HttpAccess, MeshedStatefulSet, MeshPort, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { rawService } from '../raw-objects';
import { type Build, type Question, stepsWith, wrongAnswers } from '../stages';

/** A moving shop and a neighbour that keeps its sidecars; over the pods of cart there are three Services. */
const shopWith =
  (fill: (shop: ZeroTrustNamespace, apart: ZeroTrustNamespace) => void): Build =>
  (dataPlane) => {
    const chart = newChart();
    fill(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), new ZeroTrustNamespace(chart, 'apart', { dataPlane: DataPlane.sidecar() }));
    rawService(chart, { namespace: 'shop', name: 'cart-pods', app: 'cart', portName: 'http', port: 8080, headless: true });
    const unguarded = rawService(chart, { namespace: 'shop', name: 'cart-plain', app: 'cart', portName: 'http', port: 8080 });
    unguarded.metadata.addLabel('istio.io/use-waypoint', 'none');
    return chart;
  };

const at = (name: string, port = 8080) => ({ host: `${name}.shop.svc.cluster.local`, port });
const get = (path: string) => ({ http: [HttpAccess.get(path)] });
const NAMES = ['cart', 'cart-pods', 'cart-plain'];
const asked = (from: string): Question[] =>
  NAMES.map((name) => ({ from, to: at(name), line: { path: '/cart/1' }, shares: { 'shop/cart-v1': 100 } }));

const [toPrepare, toFirst, toSecond, toAmbient] = stepsWith(2);

/** Names of Services by which a call is refused in some mixture of pods. */
function namesIn(wrong: readonly string[]): string[] {
  return [...new Set(wrong.map((text) => /"host":"([^.]+)/.exec(text)![1]))].sort();
}

/** What the program says of names before anything is applied. */
function told(build: Build): string[] {
  const { findings } = MeshReport.of(build(toPrepare.after));
  return findings.filter(({ code }) => code === 'MESH144').map(({ text }) => text);
}

describe('names before which no waypoint stands', () => {
  const byPath = shopWith((shop) => service(shop, 'web').calls(service(shop, 'cart'), get('/cart/*')));
  const besideRefusal = shopWith((shop) => {
    const [web, cart] = ['web', 'cart'].map((name) => service(shop, name));
    web.calls(cart);
    cart.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin')] });
  });

  it.each([
    { what: 'a grant by path', build: byPath },
    { what: 'a refusal by path beside the grant', build: besideRefusal },
  ])('lose calls that need a reader, $what, from the wave of the callee on, as was told', async ({ build }) => {
    expect(told(build)).toEqual([
      expect.stringContaining(
        'shop/web may be refused by shop/cart from Migration.wave(2) on where it asks for cart-plain or cart-pods: no waypoint',
      ),
    ]);
    for (const step of [toPrepare, toFirst]) expect(await wrongAnswers(build, step, asked('shop/web-v1'))).toEqual([]);
    expect(namesIn(await wrongAnswers(build, toSecond, asked('shop/web-v1')))).toEqual(['cart-plain', 'cart-pods']);
  });

  it('are lost for good', async () => {
    expect(namesIn(await wrongAnswers(byPath, toAmbient, asked('shop/web-v1')))).toEqual(['cart-plain', 'cart-pods']);
  });

  it('keep whole ports, and say nothing', async () => {
    const whole = shopWith((shop) => service(shop, 'web').calls(service(shop, 'cart')));
    expect(told(whole)).toEqual([]);
    for (const step of stepsWith(2)) expect(await wrongAnswers(whole, step, asked('shop/web-v1'))).toEqual([]);
  });

  it('are names of a StatefulSet’s members as well', async () => {
    const set: Build = (dataPlane) => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
      const db = new MeshedStatefulSet(shop, 'db', { image: 'registry.example.com/db:1', ports: [MeshPort.http(8080)] });
      service(shop, 'web').calls(db, get('/rows/*'));
      return chart;
    };
    const questions = ['db', 'db-peers', 'db-0.db-peers'].map((name): Question => ({
      from: 'shop/web-v1',
      to: at(name),
      line: { path: '/rows/1' },
      shares: { 'shop/db': 100 },
    }));
    expect(told(set)).toEqual([expect.stringContaining('where it asks for db-peers: ')]);
    expect(await wrongAnswers(set, toFirst, questions)).toEqual([]);
    expect(namesIn(await wrongAnswers(set, toSecond, questions))).toEqual(['db-0', 'db-peers']);
  });
});

describe('a Service without an address, beside one that has one', () => {
  it('is lost to a caller that keeps its sidecar, from the wave of the callee on', async () => {
    const stays = shopWith((shop, apart) => service(apart, 'web').calls(service(shop, 'cart')));
    expect(told(stays)).toEqual([
      expect.stringContaining('from Migration.wave(1) on where it asks for cart-pods: a sidecar sends plaintext'),
    ]);
    expect(await wrongAnswers(stays, toPrepare, asked('apart/web-v1'))).toEqual([]);
    for (const step of [toFirst, toAmbient]) expect(namesIn(await wrongAnswers(stays, step, asked('apart/web-v1')))).toEqual(['cart-pods']);
  });

  it('is lost to a caller that moves after its callee or with it, until both have moved', async () => {
    const circle = shopWith((shop) => {
      const [web, cart] = ['web', 'cart'].map((name) => service(shop, name));
      web.calls(cart);
      cart.calls(web, get('/events'));
    });
    expect(told(circle)).toEqual([expect.stringContaining('while Migration.wave(1) rolls out where it asks for cart-pods: ')]);
    expect(namesIn(await wrongAnswers(circle, toFirst, asked('shop/web-v1')))).toEqual(['cart-pods']);
    for (const step of [toPrepare, toSecond, toAmbient]) expect(await wrongAnswers(circle, step, asked('shop/web-v1'))).toEqual([]);
  });
});
