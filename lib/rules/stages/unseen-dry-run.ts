import { partyText } from '../call-words';
import { rule } from '../rule';

export const unseenDryRun = rule({
  code: 'MESH280',
  level: 'error',
  title: 'a dry run that nobody notes',

  check({ calls }, report) {
    for (const call of calls.filter(({ action }) => action === 'DRY_RUN')) {
      const { caller, callee, hops } = call;
      // Where there is no waypoint at all, its namespace has an error.
      if (!callee.waypoint || !hops.some(({ enforcement }) => enforcement?.http && !enforcement.readsHttp)) continue;
      report({
        on: call,
        message: `of ${partyText(caller)} ztunnel alone decides at ${partyText(callee)}, and istiod tells it of no dry run: nothing would be noted`,
        got: 'dryRun: true',
        fix: `leave dryRun out, or move ${caller.name} to ambient mode, so that the waypoint of ${callee.name} sees it`,
      });
    }
  },
});
