import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import type { ExposureModel } from '../../model/mesh-model';
import { sortedBy } from '../../support/ordering';
import { partyText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

export const sameExposure = rule({
  code: 'MESH402',
  level: 'error',
  title: 'same host and path exposed twice',
  compares: [
    { kinds: [`${GATEWAY_API}/HTTPRoute`], fields: ['spec hostnames'], made: true, pairs: true },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts'], made: true, pairs: true },
  ],

  check(model, report) {
    for (const group of groupedBy(model.exposures, claimOf).values()) {
      const [first, ...others] = sortedBy(group, ({ path, service }) => `${path} ${service.key}`);
      for (const exposure of others) {
        report({
          on: exposure,
          message: `${exposure.gateway.name} cannot send ${wordsOf(exposure)} to ${exposure.service.name}: it already sends it to ${first.service.name}`,
          got: `${partyText(first.service)} and ${partyText(exposure.service)}`,
          fix:
            exposure.protocol === 'tcp'
              ? 'add a listener on another port for one of them'
              : 'choose another host or path prefix for one of them',
        });
      }
    }
  },
});

// Gateway API compares whole path parts: a slash at the end means nothing.
function claimOf({ gateway, listener, protocol, host, pathPrefix, pathPattern, matches }: ExposureModel): string {
  const told = matches ? JSON.stringify(matches) : '';
  return [partyText(gateway), listener, protocol, host.toLowerCase(), pathPattern ?? pathPrefix.replace(/\/+$/, ''), told].join(' ');
}

function wordsOf({ protocol, listener, host, pathPrefix, pathPattern }: ExposureModel): string {
  if (protocol === 'tcp') return `connections${listener === undefined ? '' : ` to listener ${listener}`}`;
  return protocol === 'tls' ? host : `${host}${pathPattern ?? pathPrefix}`;
}
