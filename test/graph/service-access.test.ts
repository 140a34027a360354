import { DataPlane, HttpAccess, type MeshedService } from 'istio-constructs';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { shop } from '../builders';
import { expectRefusal } from '../support/refusal';

const ADMIN = { port: 8080, http: [HttpAccess.anyMethod('/admin')] };

/** Caller, callee and what else was recorded, without the place where it was said. */
function said(say: (product: MeshedService, cart: MeshedService) => void): object {
  const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
  say(product, cart);
  return MeshGraph.of(chart).calls.map(({ caller, callee, action, http, reason }) => [
    caller.name,
    callee.name,
    action,
    http?.length,
    reason,
  ]);
}

describe('what is said at a service of who may call it', () => {
  it('is the same as what the caller says', () => {
    const call = [['cart', 'product', 'ALLOW', undefined, undefined]];
    expect([said((product, cart) => product.access.allow(cart)), said((product, cart) => cart.calls(product))]).toEqual([call, call]);
    expect(said((product, cart) => product.access.allow(cart, ADMIN))).toEqual(said((product, cart) => cart.calls(product, ADMIN)));
  });

  it('may be a refusal, of one or of everybody', () => {
    expect(said((product, cart) => product.access.deny(cart, ADMIN))).toEqual([['cart', 'product', 'DENY', 1, undefined]]);
    expect(said((product) => product.access.denyAnyone())).toEqual([['anyone', 'product', 'DENY', undefined, undefined]]);
  });

  it('may open it to anyone, with the reason for those who read the report', () => {
    expect(said((product) => product.access.allowAnyone('a public page'))).toEqual([
      ['anyone', 'product', 'ALLOW', undefined, 'a public page'],
    ]);
  });

  it.each(['', ' '])('fails to open it to anyone for the reason %j', (reason) => {
    const { product } = shop({ dataPlane: DataPlane.sidecar() });
    const act = () => product.access.allowAnyone(reason);
    expectRefusal(act, { code: 'MESH011', path: 'test/shop/product', fix: 'say why', got: `'${reason}'` });
  });
});
