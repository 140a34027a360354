import { foreignGateway } from '../../../lib/rules/edge/foreign-gateway';
import { call, exposure, findings, other, service } from '../model-builder';

const cart = service('cart');
const theirs = other('gateway', 'public', { owned: false });
const at = { namespaceName: 'shop', podLabels: { app: 'cart' } };

describe(foreignGateway.title, () => {
  it('takes what is exposed through a gateway of ours', () => {
    expect(findings(foreignGateway, { exposures: [exposure(cart, { gateway: other('gateway', 'public', { owned: true }) })] })).toEqual([]);
  });

  it('tells which namespace has to be let in, and the way out that its calls need', () => {
    const hops = [{ from: { namespaceName: 'edge' }, to: at, networkPorts: [8080] }];
    const calls = [call(theirs, cart, { hops })];
    const [{ message, fix }] = findings(foreignGateway, { exposures: [exposure(cart, { gateway: theirs, listener: undefined })], calls });
    expect(message).toContain('is made elsewhere');
    expect(fix).toContain('let routes of namespace shop attach to a listener of public');
    expect(fix).toContain('for namespace edge that lets TCP 8080 out to namespace shop, pods app=cart');
  });

  it('names the listener where one was asked for', () => {
    const [{ fix }] = findings(foreignGateway, { exposures: [exposure(cart, { gateway: theirs, listener: 'tenants' })] });
    expect(fix).toContain('attach to listener tenants of public');
  });
});
