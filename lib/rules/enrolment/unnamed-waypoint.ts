import { isAmbient } from '../planes';
import { rule } from '../rule';

export const unnamedWaypoint = rule({
  code: 'MESH103',
  level: 'error',
  title: 'imported namespace needs a waypoint, but none is named',

  check(model, report) {
    const without = model.namespaces.filter((namespace) => isAmbient(namespace) && !namespace.owned && !namespace.waypoint);
    for (const { name, httpNeeds } of without) {
      for (const need of httpNeeds) {
        report({
          on: need,
          message: `namespace ${name} is made elsewhere and no waypoint is named for it, so nothing there can read HTTP`,
          got: need.what,
          fix: `name its waypoint: MeshNamespace.fromName(…, { name: '${name}', waypoint: … }); or remove what needs HTTP here`,
        });
      }
    }
  },
});
