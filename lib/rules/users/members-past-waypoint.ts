import { partyText } from '../call-words';
import { rule } from '../rule';

export const membersPastWaypoint = rule({
  code: 'MESH240',
  level: 'warning',
  title: 'members of a stateful set that a waypoint would have to let in',

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee, http, httpIsOptional, user, action } = call;
      if (action !== 'ALLOW' || !http || httpIsOptional || !callee.waypoint) continue;
      if (caller.key !== callee.key || callee.peersName === undefined) continue;
      const asked = user ? 'user' : 'http';
      report({
        on: call,
        message: `members of ${partyText(callee)} call each other by name, past the waypoint, and nothing at their pods reads HTTP: such calls are refused`,
        got: `${asked} in a call of ${callee.name} to itself`,
        fix: `leave ${asked} out of that call; name the port that members use, where it is another one`,
      });
    }
  },
});
