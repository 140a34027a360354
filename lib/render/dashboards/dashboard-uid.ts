import { createHash } from 'node:crypto';

const LONGEST = 40;

/** By which Grafana knows a dashboard: as far as names of objects are unique, so is this, and it takes no more letters than Grafana does. */
export function dashboardUid(namespace: string, name: string): string {
  return createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, LONGEST);
}
