import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { CallStatement } from '../../model/call';
import type { Enforcement } from '../../model/hop';
import type { PartyFacts } from '../../model/party';
import { policyParts, renderAuthorizationPolicy } from '../../render/policies/authorization-policy';
import { lazy } from '../tree/lazy';
import { makePolicy } from '../tree/make-policy';
import { Slot, type Wanted } from '../tree/slot';
import { enforcementsAt, placesOf, type PolicyPlace } from './policy-place';
import { reserveAuthentications } from './reserve-authentications';

type Action = CallStatement['action'];

const SUFFIXES: Readonly<Record<Action, string>> = { ALLOW: '', DENY: '-deny', CUSTOM: '-ask', AUDIT: '-audit', DRY_RUN: '-dry-run' };

/** Room for the policies of one callee: for each proxy that has something to check one AuthorizationPolicy for each action, and whose tokens it reads. */
export function reservePolicies(scope: Construct, callee: PartyFacts): void {
  new Slot(scope, 'Authorization', (settled) =>
    placesIn(settled, callee)
      .filter((place) => partsAt(settled, callee, place, 'ALLOW').size > 0)
      .map((place) => ({ id: place.ids.ALLOW, make: (at, id) => policyAt(at, id, callee, place, { action: 'ALLOW', part: '' }) })),
  );
  const others = ['DENY', 'CUSTOM', 'AUDIT', 'DRY_RUN'] as const;
  new Slot(scope, 'Access', (settled) =>
    others.flatMap((action) =>
      placesIn(settled, callee).flatMap((place) =>
        [...partsAt(settled, callee, place, action).keys()].map((part) => ({
          id: `${place.ids[action]}${part}`,
          make: (at, id) => policyAt(new Construct(at, id), 'Resource', callee, place, { action, part }),
        })),
      ),
    ),
  );
  reserveAuthentications(scope, callee);
}

function placesIn(settled: Settled, callee: PartyFacts): readonly PolicyPlace[] {
  return placesOf(callee, settled.party(callee).namespace);
}

function partsAt(settled: Settled, callee: PartyFacts, place: PolicyPlace, action: Action): ReadonlyMap<string, Enforcement[]> {
  return policyParts(enforcementsAt(settled, callee, place, action));
}

interface Deed {
  readonly action: Action;
  readonly part: string;
}

function policyAt(scope: Construct, id: string, callee: PartyFacts, place: PolicyPlace, deed: Deed): ReturnType<Wanted['make']> {
  const { action, part } = deed;
  const metadata = { name: `${callee.name}${place.suffix}${SUFFIXES[action]}${part}`, namespace: callee.namespaceName };
  const spec = lazy(() => {
    const settled = settledOf(scope);
    return renderAuthorizationPolicy(action, partsAt(settled, callee, place, action).get(part)!, settled.settings.pathNormalization);
  });
  // What is refused by name holds at every stage.
  const isTried = (): boolean =>
    action === 'DRY_RUN' || (action === 'ALLOW' && settledOf(scope).party(callee).namespace.stage === 'observe');
  return makePolicy(scope, id, security.AuthorizationPolicy, metadata, { spec, isTried });
}
