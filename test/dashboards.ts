import type { Chart } from 'cdk8s';
import { manifest } from './builders';

interface Parser {
  parse(query: string): { iterate(spec: { enter(node: { readonly type: { readonly isError: boolean } }): void }): void };
}

// Its types are those of a module of the other kind.
const { parser } = require('@prometheus-io/lezer-promql') as { readonly parser: Parser };

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

export interface Dashboard {
  readonly title: string;
  readonly description: string;
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating?: { readonly list: readonly { readonly name: string; readonly query: string; readonly allValue?: string }[] };
}

/** The dashboard in a ConfigMap, as Grafana reads it. */
export function dashboardOf(chart: Chart, name: string): Dashboard {
  const data = manifest(chart, 'ConfigMap', name).data as Record<string, string>;
  return JSON.parse(data[`${name}.json`]) as Dashboard;
}

/** Titles of its panels, those of rows as `# title`. */
export const titlesOf = ({ panels }: Dashboard): string[] => panels.map(({ type, title }) => (type === 'row' ? `# ${title}` : title));

/** All that is asked. */
export const queriesOf = ({ panels }: Dashboard): string[] => panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What Grafana sends in place of a query with variables. */
const sent = (query: string): string => query.replaceAll('$__rate_interval', '1m0s').replaceAll('$namespace', '.*');

/** Whether Prometheus can read a query. */
export function isPromQl(query: string): boolean {
  let isRight = true;
  parser.parse(sent(query)).iterate({ enter: ({ type }) => void (isRight &&= !type.isError) });
  return isRight;
}
