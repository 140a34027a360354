import type { AlertStyle } from '../../../render/observability/rules';
import { mapOf, optional, struct, TEXT } from '../../../support/options/kind';

/** What a mesh's alerts are called by how urgent they are: the values of the label `severity`, by which Alertmanager decides whom to tell. */
export interface AlertSeverity {
  /**
   * Alerts for which somebody is woken.
   * @default critical
   */
  readonly urgent?: string;

  /**
   * Alerts that somebody looks at in the morning.
   * @default warning
   */
  readonly ordinary?: string;
}

/** What holds for the rules of a construct, whatever they are about. */
export interface RuleOptions {
  /**
   * Labels of the PrometheusRule, by which a Prometheus picks the rules that it reads (`ruleSelector`), for example `release: kube-prometheus-stack`.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Address of the folder with a page for each alert, `<address>/<alert>.md`.
   * @default - the pages of this library, docs/alerts
   */
  readonly runbook?: string;

  /**
   * What urgent alerts and all others are called.
   * @default - critical and warning
   */
  readonly severity?: AlertSeverity;
}

const ALERT_SEVERITY = struct<AlertSeverity>({ urgent: optional(TEXT), ordinary: optional(TEXT) });

/** The rows of these options, for whoever has them among others. */
export const RULE_OPTIONS_SHAPE = { labels: optional(mapOf(TEXT)), runbook: optional(TEXT), severity: optional(ALERT_SEVERITY) };

const PAGES = 'https://github.com/istio-constructs/istio-constructs/blob/main/docs/alerts';

/** How alerts about something look, with all defaults. */
export function alertStyle({ runbook = PAGES, severity = {} }: RuleOptions, labels: Readonly<Record<string, string>>): AlertStyle {
  const { urgent = 'critical', ordinary = 'warning' } = severity;
  return { runbook: runbook.replace(/\/+$/, ''), severity: { urgent, ordinary }, labels };
}
