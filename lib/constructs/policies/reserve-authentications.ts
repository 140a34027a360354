import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { settledOf } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import type { Enforcement } from '../../model/hop';
import type { PartyFacts } from '../../model/party';
import { renderRequestAuthentication } from '../../render/policies/request-authentication';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot } from '../tree/slot';
import { enforcementsAt, placesOf, type PolicyPlace } from './policy-place';

/** Room for the RequestAuthentications of one callee: one for each proxy that has to read tokens. */
export function reserveAuthentications(scope: Construct, callee: PartyFacts): void {
  new Slot(scope, 'Authentication', (settled) =>
    placesOf(callee, settled.party(callee).namespace)
      .filter((place) => readingTokens(settled, callee, place).length > 0)
      .map((place) => ({
        id: place.ids.ALLOW,
        make: (at, id) => {
          const metadata = { name: `${callee.name}${place.suffix}`, namespace: callee.namespaceName };
          const spec = lazy(() => renderRequestAuthentication(readingTokens(settledOf(at), callee, place)));
          return makeObject(at, id, security.RequestAuthentication, metadata, spec);
        },
      })),
  );
}

function readingTokens(settled: Settled, callee: PartyFacts, place: PolicyPlace): Enforcement[] {
  return enforcementsAt(settled, callee, place, 'ALLOW').filter(({ readsHttp, user }) => readsHttp && user !== undefined);
}
