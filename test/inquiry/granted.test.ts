import { Granted } from '../../lib/inquiry/granted';
import type { CallModel } from '../../lib/model/mesh-model';
import { call, emptyModel, namespaceState, other, service } from '../rules/model-builder';

const web = service('web');
const cart = service('cart', { namespace: namespaceState('shop', 'sidecar', { zeroTrust: true }) });
const open = service('open');
const granted = (...calls: CallModel[]) => new Granted(emptyModel({ services: [web, cart, open], calls }));
const asked = (line = {}, principal = web.principal, port = 8080) => ({ principal, port, line });

describe('what a program grants', () => {
  it('is nothing in a closed namespace, and everything in an open one, before anybody is named', () => {
    expect(granted().allows(cart, asked())).toBe(false);
    expect(granted().allows(open, asked())).toBe(true);
    expect(granted().isClosed(open)).toBe(false);
  });

  it('is what a call says, to the port and the requests that it means', () => {
    const said = granted(call(web, cart, { http: [{ methods: ['GET'], paths: ['/cart/*'] }] }));
    expect(said.allows(cart, asked({ method: 'GET', path: '/cart/1' }))).toBe(true);
    expect(said.allows(cart, asked({ method: 'POST', path: '/cart/1' }))).toBe(false);
    expect(said.allows(cart, asked({ method: 'GET', path: '/admin' }))).toBe(false);
    expect(said.allows(cart, asked({ method: 'GET', path: '/cart/1' }, 'cluster.local/ns/shop/sa/robot'))).toBe(false);
    expect(said.allows(cart, asked({ method: 'GET', path: '/cart/1' }, web.principal, 9090))).toBe(false);
  });

  it('is nobody else once an open service has named one', () => {
    const said = granted(call(web, open));
    expect(said.isClosed(open)).toBe(true);
    expect(said.allows(open, asked({}, 'cluster.local/ns/shop/sa/robot'))).toBe(false);
  });

  it('is anybody where that is said, but for who is refused', () => {
    const anyone = other('anyone', 'anyone', { principal: undefined });
    const said = granted(call(anyone, cart), call(web, cart, { action: 'DENY' }));
    expect(said.allows(cart, { port: 8080, line: {} })).toBe(true);
    expect(said.allows(cart, asked())).toBe(false);
  });

  it('counts a part that is checked elsewhere as everything', () => {
    const said = granted(call(web, cart, { http: [{ methods: ['GET'], paths: ['/cart'] }], httpIsOptional: true }));
    expect(said.allows(cart, asked({ method: 'GET', path: '/admin' }))).toBe(true);
  });
});
