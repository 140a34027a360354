import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { CallStatement } from '../../model/call';
import type { PartyFacts } from '../../model/party';
import { renderAuthorizationPolicy } from '../../render/policies/authorization-policy';
import { lazy } from '../tree/lazy';
import { makePolicy } from '../tree/make-policy';
import { Slot, type Wanted } from '../tree/slot';
import { enforcementsAt, placesOf, type PolicyPlace } from './policy-place';
import { reserveAuthentications } from './reserve-authentications';

type Action = CallStatement['action'];

const SUFFIXES: Readonly<Record<Action, string>> = { ALLOW: '', DENY: '-deny', CUSTOM: '-ask' };

/** Room for the policies of one callee: for each proxy that has something to check one AuthorizationPolicy for each action, and whose tokens it reads. */
export function reservePolicies(scope: Construct, callee: PartyFacts): void {
  const places = placesOf(callee);
  new Slot(scope, 'Authorization', (settled) =>
    places
      .filter(isNeeded(settled, callee, 'ALLOW'))
      .map((place) => ({ id: place.ids.ALLOW, make: (at, id) => policyAt(at, id, callee, place, 'ALLOW') })),
  );
  const others = ['DENY', 'CUSTOM'] as const;
  new Slot(scope, 'Access', (settled) =>
    others.flatMap((action) =>
      places.filter(isNeeded(settled, callee, action)).map((place) => ({
        id: place.ids[action],
        make: (at, id) => policyAt(new Construct(at, id), 'Resource', callee, place, action),
      })),
    ),
  );
  reserveAuthentications(scope, callee);
}

function isNeeded(settled: Settled, callee: PartyFacts, action: Action): (place: PolicyPlace) => boolean {
  return (place) => enforcementsAt(settled, callee, place, action).length > 0;
}

function policyAt(scope: Construct, id: string, callee: PartyFacts, place: PolicyPlace, action: Action): ReturnType<Wanted['make']> {
  const metadata = { name: `${callee.name}${place.suffix}${SUFFIXES[action]}`, namespace: callee.namespaceName };
  const spec = lazy(() => {
    const settled = settledOf(scope);
    return renderAuthorizationPolicy(action, enforcementsAt(settled, callee, place, action), settled.settings.pathNormalization);
  });
  // What is refused by name holds at every stage.
  const isTried = (): boolean => action === 'ALLOW' && settledOf(scope).party(callee).namespace.stage === 'observe';
  return makePolicy(scope, id, security.AuthorizationPolicy, metadata, { spec, isTried });
}
