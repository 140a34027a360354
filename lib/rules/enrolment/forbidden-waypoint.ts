import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';

export const forbiddenWaypoint = rule({
  code: 'MESH102',
  level: 'error',
  title: 'waypoint forbidden but needed',

  check(model, report) {
    const forbidding = model.namespaces.filter(
      (namespace) => isAmbient(namespace) && namespace.owned && namespace.waypointPolicy === 'never',
    );
    for (const { name, httpNeeds } of forbidding) {
      for (const need of httpNeeds) {
        report({
          on: need,
          message: `namespace ${name} forbids its waypoint, and without one nobody there reads HTTP`,
          got: need.what,
          fix: `drop Waypoint.NEVER from the data plane of ${name}, or drop what needs HTTP here`,
        });
      }
    }
  },
});
