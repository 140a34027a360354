import type { ExposureModel } from '../../model/mesh-model';
import { sortedBy } from '../../support/ordering';
import { groupedBy } from '../../support/grouping';
import { GATEWAY_API } from '../manifest-reader';
import { rule } from '../rule';

export const sameExposure = rule({
  code: 'MESH402',
  level: 'error',
  title: 'one host and path exposed twice',
  compares: [{ kinds: [`${GATEWAY_API}/HTTPRoute`], fields: ['spec hostnames'], made: true, pairs: true }],

  check(model, report) {
    for (const group of groupedBy(model.exposures, claimOf).values()) {
      const [first, ...others] = sortedBy(group, ({ path, service }) => `${path} ${service.key}`);
      for (const exposure of others) {
        report({
          on: exposure,
          message: `${exposure.gateway.name} sends ${exposure.host}${exposure.pathPrefix} to ${exposure.service.name}, and to ${first.service.name} already`,
          got: `${first.path} and ${exposure.path}`,
          fix: 'choose another host or path prefix for one of them',
        });
      }
    }
  },
});

// Gateway API compares whole path parts: a slash at the end means nothing.
function claimOf({ gateway, listener, host, pathPrefix }: ExposureModel): string {
  return [gateway.key, listener, host.toLowerCase(), pathPrefix.replace(/\/+$/, '')].join(' ');
}
