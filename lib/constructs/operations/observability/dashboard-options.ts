import { mapOf, optional, type Shape, TEXT } from '../../../support/options/kind';

/** Where Grafana finds a dashboard, and where the dashboard finds its data. */
export interface DashboardOptions {
  /**
   * Namespace of the ConfigMap, in which the sidecar of Grafana looks.
   * @default monitoring
   */
  readonly namespaceName?: string;

  /**
   * Labels by which the sidecar of Grafana knows it.
   * @default - grafana_dashboard: '1'
   */
  readonly labels?: { [key: string]: string };

  /**
   * Uid of the Prometheus in Grafana.
   * @default - whoever looks at the dashboard chooses one
   */
  readonly datasource?: string;
}

export const DASHBOARD_SHAPE: Shape<DashboardOptions> = {
  namespaceName: optional(TEXT),
  labels: optional(mapOf(TEXT)),
  datasource: optional(TEXT),
};
