import { DataPlane, HttpAccess, type RefusalOptions } from 'istio-constructs';
import { shop } from '../../builders';
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
});
