import type { NamespaceModel } from '../../model/mesh-model';
import { rule } from '../rule';

export const missingHome = rule({
  code: 'MESH130',
  level: 'error',
  title: 'namespace whose waypoint is to be shared has none',

  check({ namespaces }, report) {
    for (const guest of namespaces) {
      const { name, waypointHome, waypoint } = guest;
      if (waypointHome === undefined || waypoint) continue;
      report({
        on: guest,
        message: `${name} is to share the waypoint of ${waypointHome}, and there is none to share: its Services would be behind no waypoint at all`,
        got: stateOf(namespaces.find((one) => one.name === waypointHome)),
        fix: `declare ${waypointHome} in this program with DataPlane.ambient(), or with MeshNamespace.fromName and the name of its waypoint`,
      });
    }
  },
});

function stateOf(home: NamespaceModel | undefined): string {
  if (!home) return 'a namespace that the program does not name';
  if (home.waypointHome !== undefined) return `a namespace that shares the waypoint of ${home.waypointHome} itself`;
  return home.owned ? 'a namespace that has no waypoint, and forbids one' : 'a namespace for which no waypoint is named';
}
