import { meshDashboard } from '../../../lib/render/dashboards/mesh-dashboard';
import { isPromQl } from '../../dashboards';

it('asks about the chosen namespaces, but for the control plane', () => {
  const { rows } = meshDashboard();
  const queries = rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)));
  expect(queries.filter((query) => !isPromQl(query))).toEqual([]);
  expect(queries.filter((query) => !query.includes('$namespace')).every((query) => query.includes('pilot_'))).toBe(true);
});
