import { idleRateLimit } from '../../../lib/rules/beside/idle-rate-limit';
import { findings, made, raw } from '../model-builder';

const BUCKET = 'token_bucket: { max_tokens: 5 }';
const ALL = '{ default_value: { numerator: 100 } }';
const local = (fields: string) => `'@type': type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, ${fields}`;

const find = (config: string, by = raw) =>
  findings(idleRateLimit, {
    objects: by(
      `{ apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: { name: raw, namespace: shop }, spec: { configPatches: [{ patch: { value: { typed_config: { ${config} } } } }] } }`,
    ),
  });

describe(idleRateLimit.title, () => {
  it.each([
    [BUCKET, 'no filter_enabled and no filter_enforced'],
    [`${BUCKET}, filter_enabled: ${ALL}`, 'no filter_enforced'],
    [`tokenBucket: { maxTokens: 5 }, filterEnforced: ${ALL}`, 'no filter_enabled'],
    ['descriptors: [{ entries: [{ key: a }] }]', 'no filter_enabled and no filter_enforced'],
  ])('fails for { %s }', (fields, got) => {
    expect(find(local(fields))).toMatchObject([
      {
        on: { path: 'raw/envoyfilter/raw' },
        got,
        fix: expect.stringContaining('with default_value: { numerator: 100, denominator: HUNDRED }'),
      },
    ]);
  });

  it.each([
    local(`${BUCKET}, filter_enabled: ${ALL}, filter_enforced: ${ALL}`),
    local(`${BUCKET}, filter_enabled: ${ALL}, filter_enforced: { default_value: { numerator: 0 } }`),
    local('stat_prefix: a'),
    `'@type': type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit, domain: a`,
  ])('is silent for { %s }', (config) => {
    expect(find(config)).toEqual([]);
  });

  it('is silent of what the library makes', () => {
    expect(find(local(BUCKET), made)).toEqual([]);
  });
});
