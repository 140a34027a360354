import { Condition, DataPlane, ExternalAuthorizer, HttpAccess, type RefusalOptions } from 'istio-constructs';
import { shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';
import { refusalOf } from '../../../lib/graph/grants/refusal-of';

describe('the options of a refusal', () => {
  const { cart, product } = shop({ dataPlane: DataPlane.sidecar() });

  it('are those of a call, and who is exempt beside them', () => {
    const http = [HttpAccess.get('/orders')];
    expect(refusalOf(product, { http, exempt: [cart] })).toEqual({ exempt: [cart], options: { http } });
    expect(refusalOf(product, {})).toEqual({ exempt: undefined, options: {} });
  });

  it.each([null, { exempt: 'cart' }, { exempt: [5] }, { spared: [] }])('fail as %p', (options) => {
    expect(() => refusalOf(product, options as unknown as RefusalOptions)).toThrow(/MESH0\d\d/);
  });

  it('have no reason, which no report of a refusal would show', () => {
    const options = { reason: 'an incident' } as unknown as RefusalOptions;
    const opa = ExternalAuthorizer.of('opa', { service: cart });
    for (const refuse of [
      () => product.access.deny(cart, options),
      () => product.access.denyAnyone(options),
      () => product.access.audit(options),
      () => product.access.askFirst(opa, options),
    ]) {
      const fix = 'the options are dryRun, exempt, http, port';
      expectRefusal(refuse, { code: 'MESH081', path: 'test/shop/product', fix });
    }
  });

  it.each([
    ['a day, with its reason or without', { until: '2026-12-31', reason: 'an incident' }, 'MESH834'],
    ['a day alone', { until: '2026-12-31' }, 'MESH834'],
    ['conditions', { conditions: [Condition.header('x-team', 'shop')] }, 'MESH877'],
  ])('fail with an error of their own that say %s, as only grants do', (_, options, code) => {
    expectRefusal(() => product.access.audit(options as RefusalOptions), { code, path: 'test/shop/product', fix: '' });
  });
});
