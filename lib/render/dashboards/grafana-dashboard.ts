import type { DashboardBuilder, DataSourceRef, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dashboard, DashboardChoice, DashboardPanel, DashboardPlace, DashboardQuery } from '../../model/observability/dashboard';

const SDK = '@grafana/grafana-foundation-sdk';
const HEIGHT = 8;
const WIDTH = 24;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

// Programs without a dashboard are not kept waiting for it: it is as large as cdk8s.
const sdk = () => ({
  ...(require(`${SDK}/dashboard`) as typeof import('@grafana/grafana-foundation-sdk/dashboard')),
  lines: require(`${SDK}/timeseries`) as typeof import('@grafana/grafana-foundation-sdk/timeseries'),
  table: require(`${SDK}/table`) as typeof import('@grafana/grafana-foundation-sdk/table'),
  prometheus: require(`${SDK}/prometheus`) as typeof import('@grafana/grafana-foundation-sdk/prometheus'),
  common: require(`${SDK}/common`) as typeof import('@grafana/grafana-foundation-sdk/common'),
});

type Sdk = ReturnType<typeof sdk>;

/** A dashboard as Grafana reads it, in JSON. */
export function renderGrafanaDashboard({ title, about, choices = [], rows }: Dashboard, { uid, datasource }: DashboardPlace): string {
  const grafana = sdk();
  const source = { type: 'prometheus', uid: datasource ?? '${datasource}' };
  const board = new grafana.DashboardBuilder(title).uid(uid).description(about).tags(['istio']);
  board.editable().timezone('browser').time({ from: 'now-1h', to: 'now' }).refresh('1m').tooltip(grafana.DashboardCursorSync.Crosshair);
  if (datasource === undefined) addSourceTo(board, grafana);
  for (const choice of choices) board.withVariable({ build: () => variableOf(grafana, choice, source) });
  for (const row of rows) {
    board.withRow(new grafana.RowBuilder(row.title));
    const width = Math.floor(WIDTH / Math.min(row.panels.length, 3));
    for (const panel of row.panels) board.withPanel(panelOf(grafana, panel, source).height(HEIGHT).span(width).datasource(source));
  }
  return `${JSON.stringify(numbered(board), null, 1)}\n`;
}

function addSourceTo(board: DashboardBuilder, { DatasourceVariableBuilder }: Sdk): void {
  board.withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
}

function variableOf(grafana: Sdk, { name, title, metric, label }: DashboardChoice, source: DataSourceRef): VariableModel {
  const built = new grafana.QueryVariableBuilder(name)
    .label(title)
    .query(`label_values(${metric}, ${label})`)
    .datasource(source)
    .refresh(grafana.VariableRefresh.OnTimeRangeChanged)
    .sort(grafana.VariableSort.AlphabeticalAsc);
  return built.multi(true).includeAll(true).allValue('.*').current({ text: 'All', value: '$__all' }).build();
}

function panelOf(grafana: Sdk, { title, about, unit, queries, isTable }: DashboardPanel, source: DataSourceRef) {
  const panel = isTable ? new grafana.table.PanelBuilder() : linesOf(grafana);
  const targets = queries.map((query, index) => targetOf(grafana, query, LETTERS[index], isTable).datasource(source));
  return panel.title(title).description(about).unit(unit).targets(targets);
}

function linesOf({ lines, common }: Sdk) {
  const legend = new common.VizLegendOptionsBuilder().displayMode(common.LegendDisplayMode.List);
  return new lines.PanelBuilder()
    .min(0)
    .fillOpacity(10)
    .legend(legend.placement(common.LegendPlacement.Bottom).showLegend(true).calcs([]))
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
}

function targetOf({ prometheus }: Sdk, { expr, legend }: DashboardQuery, letter: string, isTable?: boolean) {
  const query = new prometheus.DataqueryBuilder().refId(letter).expr(expr).legendFormat(legend);
  return isTable ? query.instant().format(prometheus.PromQueryFormat.Table) : query.range();
}

// A panel is known by its number, in links and in alerts.
function numbered(board: DashboardBuilder): object {
  const built = board.build();
  return { ...built, panels: built.panels?.map((panel, index) => ({ ...panel, id: index + 1 })) };
}
