import { isAmbient } from '../planes';
import { rule } from '../rule';

export const forbiddenWaypoint = rule({
  code: 'MESH102',
  level: 'error',
  title: 'namespace forbids the waypoint that it needs',

  check(model, report) {
    const forbidding = model.namespaces.filter(
      (namespace) => isAmbient(namespace) && namespace.owned && namespace.waypointPolicy === 'never',
    );
    for (const { name, httpNeeds } of forbidding) {
      for (const need of httpNeeds) {
        report({
          on: need,
          message: `namespace ${name} forbids its waypoint, but without one nothing there can read HTTP`,
          got: need.what,
          fix: `remove Waypoint.NEVER from the data plane of ${name}, or remove what needs HTTP here`,
        });
      }
    }
  },
});
