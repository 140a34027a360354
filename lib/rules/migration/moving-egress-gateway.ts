import { rule } from '../rule';

export const movingEgressGateway = rule({
  code: 'MESH138',
  level: 'error',
  title: 'egress gateway in a namespace that moves',

  check(model, report) {
    for (const gateway of model.others) {
      if (gateway.kind !== 'egress' || !gateway.namespace.migration) continue;
      report({
        on: gateway,
        message: `the egress gateway ${gateway.name} is a gateway in sidecar mode and the waypoint of its namespace in ambient mode, and callers of one plane go past that of the other`,
        got: `namespace ${gateway.namespaceName} with pods of both planes`,
        fix: 'move its namespace in one step, in a time when nothing has to go out, with the namespaces of its callers; or let its hosts go straight out until all have moved',
      });
    }
  },
});
