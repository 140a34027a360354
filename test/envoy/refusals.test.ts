import { DataPlane } from 'istio-constructs';
import type { PlaneUnderTest } from '../for-each-plane';
import { type Row, startRow } from './row';
import { filterByHand, LOCAL_RATE_LIMIT } from './rows/raw-objects';

const SIDECAR: PlaneUnderTest = { name: 'sidecar', dataPlane: DataPlane.sidecar(), of: ({ sidecar }) => sidecar };

/** The cart's own sidecar with one filter more. */
const filtered = (type: string, value: object): Row => ({
  what: 'does not start',
  program: (one) => filterByHand(one, type, value),
  at: 'callee',
  check: async () => {},
});

describe('a real Envoy', () => {
  it('is not started without a part that it may not have: what is missing would not be seen', async () => {
    const starting = startRow(filtered('istio.envoy.config.filter.http.new.v1.Config', {}), SIDECAR);
    await expect(starting).rejects.toThrow('not modelled: istio.envoy.config.filter.http.new.v1.Config');
  });

  it('says why it refuses a configuration', async () => {
    const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
    const unnamed = { token_bucket: { max_tokens: 5 }, filter_enabled: always, filter_enforced: always };
    const starting = startRow(filtered(LOCAL_RATE_LIMIT, unnamed), SIDECAR);
    await expect(starting).rejects.toThrow(/did not start[^]*StatPrefix/);
  });
});
