import { Yaml } from 'cdk8s';
import type { Manifest } from './builders';

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

/** A panel of a dashboard as it is reviewed: what it shows, and what it asks for that. */
export interface OutlinedPanel {
  readonly title: string;
  readonly queries?: readonly string[];
}

export const isDashboard = ({ kind, metadata }: Manifest): boolean =>
  kind === 'ConfigMap' && metadata.labels?.grafana_dashboard !== undefined;

/** The panels of a dashboard, by the titles of its rows. */
export function rowsOf({ data }: Manifest): Readonly<Record<string, readonly OutlinedPanel[]>> {
  const { panels }: { panels: readonly Panel[] } = JSON.parse(Object.values(data as Record<string, string>)[0]);
  const rows: Record<string, OutlinedPanel[]> = {};
  let row = '';
  for (const { type, title, targets } of panels) {
    if (type === 'row') row = title;
    else (rows[row] ??= []).push({ title, queries: targets?.map(({ expr }) => expr) });
  }
  return rows;
}

/** The manifest with rows, panels and queries in place of all the rest that Grafana wants to know. */
export function outlined(manifest: Manifest): Manifest {
  const rows = Object.entries(rowsOf(manifest)).map(([row, panels]) => [row, Yaml.stringify(panels)]);
  return { ...manifest, data: Object.fromEntries(rows) as Record<string, string> };
}
