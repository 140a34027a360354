import { NETWORKING } from '../../istio/api-groups';
import { isSaid } from '../../cluster/objects/fields';
import { fieldOf, type FilterConfig, patchingFilters } from '../../cluster/policies/envoy-patches';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const idleRateLimit = rule({
  code: 'MESH337',
  level: 'error',
  title: 'rate limit that refuses nothing',
  compares: [{ kinds: [`${NETWORKING}/EnvoyFilter`], fields: ['spec configPatches'], made: false }],

  check(model, report) {
    for (const { object, title, configs } of patchingFilters(clusterOf(model)).filter(isRaw)) {
      const missing = [...new Set(configs.filter(isLimit).flatMap(leftOut))];
      if (missing.length === 0) continue;
      report({
        on: object,
        message: `${title} refuses no request, however many there are: Envoy's local rate limit is off for whatever share is left out`,
        got: `no ${missing.join(' and no ')}`,
        fix: `write ${missing.join(' and ')} with default_value: { numerator: 100, denominator: HUNDRED }, or use RateLimit`,
        yamlFix: `write ${missing.join(' and ')} with default_value: { numerator: 100, denominator: HUNDRED }`,
      });
    }
  },
});

const LOCAL = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** One without a bucket waits for those that routes bring along. */
function isLimit({ typeName, fields }: FilterConfig): boolean {
  return typeName === LOCAL && (isSaid(fieldOf(fields, 'token_bucket')) || isSaid(fieldOf(fields, 'descriptors')));
}

// What says 0 is switched off, or on trial, on purpose.
function leftOut({ fields }: FilterConfig): string[] {
  return ['filter_enabled', 'filter_enforced'].filter((name) => !isSaid(fieldOf(fields, name)));
}
