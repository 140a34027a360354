import { membersPastWaypoint } from '../../../lib/rules/users/members-past-waypoint';
import { call, findings, GET_ITEMS, namespaceState, service, waypointOf } from '../model-builder';
import { USER } from './user';

const behind = namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') });
const ledger = service('ledger', { namespace: behind, peersName: 'ledger-peers' });
const http = [GET_ITEMS];

describe(membersPastWaypoint.title, () => {
  it('takes members that call each other without HTTP, other callers, other services and sidecars', () => {
    const beside = service('ledger', { peersName: 'ledger-peers' });
    const plain = service('plain', { namespace: behind });
    const calls = [
      call(ledger, ledger),
      call(service('cart', { namespace: behind }), ledger, { http }),
      call(plain, plain, { http }),
      call(beside, beside, { http }),
      call(ledger, ledger, { http, action: 'DENY' }),
    ];
    expect(findings(membersPastWaypoint, { calls })).toEqual([]);
  });

  it('fails requests and users in a call of the set to itself', () => {
    const calls = [call(ledger, ledger, { http }), call(ledger, ledger, { http, user: USER })];
    expect(findings(membersPastWaypoint, { calls })).toMatchObject([
      { got: 'http in a call of ledger to itself' },
      { got: 'user in a call of ledger to itself' },
    ]);
  });
});
