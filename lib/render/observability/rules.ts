import { PROMETHEUS_OPERATOR } from '../../istio/api-groups';
/** One rule as Prometheus reads it: a series that it computes and keeps, or an alert. */
export type Rule = Readonly<Record<string, unknown>>;

/** The spec of a PrometheusRule. */
export type RulesSpec = Readonly<Record<'groups', readonly Rule[]>>;

/** What all alerts of a construct have in common. */
export interface AlertStyle {
  /** Address of the folder with a page for each alert. */
  readonly runbook: string;
  /** How urgent alerts and all others are called. */
  readonly severity: { readonly urgent: string; readonly ordinary: string };
  /** Who it is about. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What one alert says. */
export interface AlertWords {
  readonly alert: string;
  readonly expr: string;
  /** How long it has to hold. */
  readonly for: string;
  readonly isUrgent?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

export const PROMETHEUS_RULE = { apiVersion: `${PROMETHEUS_OPERATOR}/v1`, kind: 'PrometheusRule' };

export function renderAlert({ runbook, severity, labels }: AlertStyle, words: AlertWords): Rule {
  const { alert, expr, isUrgent, summary, description } = words;
  return {
    alert,
    expr,
    for: words.for,
    labels: { ...labels, ...words.labels, severity: isUrgent ? severity.urgent : severity.ordinary },
    annotations: { summary, description, runbook_url: `${runbook}/${alert}.md` },
  };
}
