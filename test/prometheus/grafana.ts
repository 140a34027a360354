import type { Chart } from 'cdk8s';
import { type Dashboard, dashboardOf } from '../dashboards';
import { manifests } from '../builders';
import { exprsAnswer, type Question, type Sample, type Seen, takesRules } from './promtool';

const AT = '30m';

/** What whoever looks has chosen, by variable; all where nothing is said. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** A query of a panel, as Grafana sends it. */
export interface Sent {
  readonly board: string;
  readonly panel: string;
  readonly expr: string;
}

/** All dashboards of a program. */
export function boardsOf(chart: Chart): Dashboard[] {
  const names = manifests(chart).filter(({ kind, data }) => kind === 'ConfigMap' && Object.keys(data ?? {}).some(isBoard));
  return names.map(({ metadata }) => dashboardOf(chart, metadata.name));
}

/** What Grafana sends for the panels of a dashboard, and for its variables, for series that are read once a minute. */
export function sentBy(board: Dashboard, chosen: Chosen = {}): Sent[] {
  const panels = board.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ board: board.title, panel: title, expr: interpolated(expr, board, chosen) })),
  );
  const variables = variablesOf(board).flatMap(({ name, query }) => {
    const [, metric] = /^label_values\((.+), \w+\)$/.exec(query) ?? [];
    return metric ? [{ board: board.title, panel: `$${name}`, expr: metric }] : [];
  });
  return [...panels, ...variables];
}

/** What `promtool check rules` says of these queries; nothing if Prometheus takes them all. */
export function refusedQueries(sent: readonly Sent[]): string {
  return takesRules(sent.map(({ expr }, index) => ({ record: `panel:${index}`, expr })));
}

/** The queries that have no answer after half an hour of this, as promtool tells of them; nothing if each has one, and one that is a number. */
export function emptyQueries(sent: readonly Sent[], seen: Seen): string {
  return exprsAnswer(sent.map(emptyWhere), seen, AT);
}

/** The same of panels, of which it takes one query to have an answer. */
export function emptyPanels(sent: readonly Sent[], seen: Seen): string {
  const panels = [...new Set(sent.map(({ panel }) => panel))];
  const queries = panels.map((panel) => sent.filter((one) => one.panel === panel).map(({ expr }) => `absent((${expr}) >= 0)`));
  return exprsAnswer(
    queries.map((all) => ({ expr: all.join(' and '), samples: [] })),
    seen,
    AT,
  );
}

/** What differs from these answers of the first query of a panel, or of the first that is about something. */
export function shows(board: Dashboard, panel: string, seen: Seen, samples: readonly Sample[], about = ''): string {
  const { expr } = sentBy(board).find((one) => one.panel === panel && one.expr.includes(about))!;
  return exprsAnswer([{ expr: `round(${expr}, 0.001)`, samples }], seen, AT);
}

const emptyWhere = ({ expr }: Sent): Question => ({ expr: `absent((${expr}) >= 0)`, samples: [] });
const variablesOf = ({ templating }: Dashboard) => templating?.list ?? [];
const isBoard = (name: string): boolean => name.endsWith('.json');

// Of several values Grafana's data source makes a group for a regular expression; what stands for all it writes as it is.
function interpolated(expr: string, board: Dashboard, chosen: Chosen): string {
  const variables = variablesOf(board).map(({ name, allValue = '.*' }) => [name, chosen[name] ? grouped(chosen[name]) : allValue] as const);
  return [...variables, ['__rate_interval', '4m0s'] as const].reduce(
    (text, [name, value]) => text.replaceAll(new RegExp(`\\$${name}\\b|\\$\\{${name}\\}`, 'g'), () => value),
    expr,
  );
}

function grouped(values: readonly string[]): string {
  const meant = values.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\\$&`));
  return meant.length === 1 ? meant[0] : `(${meant.join('|')})`;
}
