import { renderGrafanaDashboard } from '../../../lib/render/dashboards/grafana-dashboard';
import { grafanaFaults } from '../../grafana-faults';

const panel = { title: 'Rate', about: 'How much.', unit: 'reqps', queries: [{ expr: 'up', legend: 'up' }] };
const shown = { title: 'A', about: 'b', rows: [{ title: 'Row', panels: [panel, { ...panel, isTable: true }] }] };

interface Drawn {
  readonly panels: readonly { readonly id: number; readonly type: string; readonly gridPos: object; readonly datasource?: object }[];
  readonly templating: { readonly list?: readonly { readonly name: string }[] };
}

const drawn = (...args: Parameters<typeof renderGrafanaDashboard>) => JSON.parse(renderGrafanaDashboard(...args)) as Drawn;

it('has a place and a number for every panel', () => {
  const { panels } = drawn(shown, { uid: 'u' });
  expect(panels.map(({ id, type }) => [id, type])).toEqual([
    [1, 'row'],
    [2, 'timeseries'],
    [3, 'table'],
  ]);
  expect(panels.map(({ gridPos }) => gridPos)).toEqual([
    { x: 0, y: 0, h: 1, w: 24 },
    { x: 0, y: 1, h: 8, w: 12 },
    { x: 12, y: 1, h: 8, w: 12 },
  ]);
});

it('has a choice of the data source, or the one that is said', () => {
  const chosen = drawn(shown, { uid: 'u' });
  expect(chosen.templating.list?.map(({ name }) => name)).toEqual(['datasource']);
  expect(chosen.panels[1].datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
  const said = drawn(shown, { uid: 'u', datasource: 'prom' });
  expect(said.templating.list ?? []).toEqual([]);
  expect(said.panels[1].datasource).toEqual({ type: 'prometheus', uid: 'prom' });
});

it('is valid against the schema of Grafana with choices too', () => {
  const choices = [{ name: 'namespace', title: 'Namespace', metric: 'up', label: 'namespace' }];
  expect(grafanaFaults([drawn({ ...shown, choices }, { uid: 'u' })])).toEqual([]);
});
