import { dashboardUid } from '../../../lib/render/dashboards/dashboard-uid';

it('is the same for the same object, another for others, and no longer than Grafana takes', () => {
  expect(dashboardUid('monitoring', 'cart')).toBe(dashboardUid('monitoring', 'cart'));
  expect(dashboardUid('grafana', 'cart')).not.toBe(dashboardUid('monitoring', 'cart'));
  expect(dashboardUid('monitoring', 'cart')).toMatch(/^[0-9a-f]{40}$/);
});
