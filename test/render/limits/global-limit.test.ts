import { globalDescriptors, renderGlobalLimit } from '../../../lib/render/limits/global-limit';
import { TEN } from './limits';

describe('Envoy’s rate limit', () => {
  it('asks the service in its domain, and says what it does without an answer', () => {
    expect(renderGlobalLimit('a', TEN)).toMatchObject({
      name: 'rate-limit.a',
      typed_config: {
        domain: 'd',
        timeout: '0.25s',
        failure_mode_deny: false,
        enable_x_ratelimit_headers: 'DRAFT_VERSION_03',
        rate_limit_service: { grpc_service: { envoy_grpc: { cluster_name: 'outbound|8081||counter.shop', authority: 'counter.shop' } } },
      },
    });
  });

  it('begins each description of a request with the name of the limit', () => {
    const named = { generic_key: { descriptor_key: 'limit', descriptor_value: 'shop/a' } };
    const entry = { key: 'limit', value: 'shop/a' };
    expect(globalDescriptors(TEN)).toEqual([{ actions: [named], entries: [entry] }]);
    expect(globalDescriptors({ ...TEN, by: {} })).toEqual([
      { actions: [named, { remote_address: {} }], entries: [entry, { key: 'remote_address' }] },
    ]);
  });
});
