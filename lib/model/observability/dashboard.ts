/** One line of a panel, or the rows of a table. */
export interface DashboardQuery {
  /** PromQL; `$__rate_interval` is Grafana's. */
  readonly expr: string;
  /** How its lines are called; `{{label}}` is the value of a label. */
  readonly legend: string;
}

export interface DashboardPanel {
  readonly title: string;
  /** What it shows, for whoever points at it. */
  readonly about: string;
  /** Of its values, in Grafana's words. */
  readonly unit: string;
  readonly queries: readonly DashboardQuery[];
  /** Values of this moment in a table, in place of lines over time. */
  readonly isTable?: boolean;
}

export interface DashboardRow {
  readonly title: string;
  readonly panels: readonly DashboardPanel[];
}

/** What whoever looks at a dashboard may choose, out of the values of a label. */
export interface DashboardChoice {
  readonly name: string;
  readonly title: string;
  readonly metric: string;
  readonly label: string;
}

/** What one dashboard shows, whoever draws it. */
export interface Dashboard {
  readonly title: string;
  readonly about: string;
  readonly choices?: readonly DashboardChoice[];
  readonly rows: readonly DashboardRow[];
}

/** Where a dashboard is kept and what it asks. */
export interface DashboardPlace {
  /** Unique in one Grafana. */
  readonly uid: string;
  /** Uid of the data source; absent where whoever looks chooses one. */
  readonly datasource?: string;
}
