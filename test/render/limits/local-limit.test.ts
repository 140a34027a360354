import type { LocalLimit } from '../../../lib/model/limits/limits';
import { percent, rateLimitHeaders, renderLocalLimit } from '../../../lib/render/limits/local-limit';

const limit: LocalLimit = {
  name: 'a',
  requests: 10,
  perMs: 1500,
  burst: 20,
  maxValues: 7,
  status: 429,
  enforced: 50,
  tellsCallers: false,
};
const bucket = { max_tokens: 20, tokens_per_fill: 10, fill_interval: '1.5s' };

describe('Envoy’s local rate limit', () => {
  it('has one bucket where all requests count together', () => {
    const { name, typed_config } = renderLocalLimit(limit);
    expect(name).toBe('rate-limit.a');
    expect(typed_config).toMatchObject({ token_bucket: bucket, filter_enabled: percent(100), filter_enforced: percent(50) });
    expect(typed_config).not.toHaveProperty('rate_limits');
  });

  it('has one for each descriptor, and remembers values where there are some', () => {
    const { typed_config } = renderLocalLimit({ ...limit, by: {} });
    expect(typed_config).toMatchObject({ descriptors: [{ token_bucket: bucket }], max_dynamic_descriptors: 7 });
    const match = { headers: [], queryParams: [], path: { type: 'Exact', value: '/a' } } as const;
    expect(renderLocalLimit({ ...limit, match }).typed_config).not.toHaveProperty('max_dynamic_descriptors');
  });

  it('tells callers of it where that is asked for', () => {
    expect([true, false].map((tellsCallers) => rateLimitHeaders({ ...limit, tellsCallers }))).toEqual([
      { enable_x_ratelimit_headers: 'DRAFT_VERSION_03' },
      {},
    ]);
  });
});
