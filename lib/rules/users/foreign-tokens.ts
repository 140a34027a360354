import type { ExposureModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const foreignTokens = rule({
  code: 'MESH272',
  level: 'info',
  title: 'tokens of others at a gateway that reads tokens',

  check(model, report) {
    const known = new Set(model.calls.filter(({ user }) => user).map(({ caller, callee }) => `${caller.key} ${callee.key}`));
    const isKnown = ({ gateway, service }: ExposureModel): boolean => known.has(`${gateway.key} ${service.key}`);
    for (const exposures of groupedBy(model.exposures.filter(isRead), ({ gateway }) => gateway.key).values()) {
      const reading = exposures.find(({ users }) => users?.anyOf.some(({ issuer }) => readsUsualPlace(issuer)));
      const others = exposures.filter((one) => !one.users && !isKnown(one));
      if (!reading || others.length === 0) continue;
      const { gateway, users } = reading;
      report({
        on: reading,
        message: `${partyText(gateway)} reads tokens in the requests to all its hosts: one of another issuer is refused before ${others.map(({ service }) => service.name).join(' and ')} could look at it`,
        got: `${others.map(({ host, pathPrefix }) => `${host}${pathPrefix}`).join(', ')} beside users of ${users!.anyOf.map(({ issuer }) => issuer.issuer).join(' and ')}`,
        fix: 'where a service reads tokens of its own, name their issuer there in usersAtGateway with optional: true, or give it another gateway',
      });
    }
  },
});

function isRead({ protocol, redirect }: ExposureModel): boolean {
  return protocol === 'http' && !redirect;
}

/** Where tokens of other issuers stand, too. */
function readsUsualPlace({ tokenPlaces }: NonNullable<ExposureModel['users']>['anyOf'][number]['issuer']): boolean {
  return tokenPlaces.length === 0 || tokenPlaces.some((place) => place.in === 'header' && place.name.toLowerCase() === 'authorization');
}
