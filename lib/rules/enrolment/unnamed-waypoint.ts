import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';

export const unnamedWaypoint = rule({
  code: 'MESH103',
  level: 'error',
  title: 'waypoint needed in a namespace that names none',

  check(model, report) {
    const without = model.namespaces.filter((namespace) => isAmbient(namespace) && !namespace.owned && !namespace.waypoint);
    for (const { name, httpNeeds } of without) {
      for (const need of httpNeeds) {
        report({
          on: need,
          message: `namespace ${name} is made elsewhere and no waypoint of it is known, so nobody there reads HTTP`,
          got: need.what,
          fix: `name it: MeshNamespace.fromName(…, { name: '${name}', waypoint: … }); or drop what needs HTTP here`,
        });
      }
    }
  },
});
