import { sortedBy } from '../../support/ordering';
import { partyText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';

export const unmeshedCallee = rule({
  code: 'MESH210',
  level: 'info',
  title: 'service outside the mesh cannot tell its callers apart',

  check(model, report) {
    const calls = model.calls.filter(({ callee, action }) => callee.kind === 'unmeshed' && action === 'ALLOW');
    for (const group of groupedBy(calls, ({ callee }) => callee.key).values()) {
      const [{ callee, site }] = sortedBy(group, ({ path, caller }) => `${path} ${caller.key}`);
      const callers = new Set(group.map(({ caller }) => partyText(caller)));
      report({
        on: { path: callee.path, site: callee.site ?? site },
        message: `${callee.host ?? callee.name} is outside the mesh: no proxy there checks who calls, and the connection to it is not encrypted`,
        got: `called by ${[...callers].sort().join(', ')}`,
        fix: callee.isGuarded
          ? 'let the service itself require a login and TLS; the network layer lets in these callers alone'
          : 'let the service itself require a login and TLS; a NetworkPolicy in its namespace can allow these callers alone',
      });
    }
  },
});
