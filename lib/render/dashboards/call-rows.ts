import type { DashboardPanel, DashboardRow } from '../../model/observability/dashboard';
import { rate, REQUESTS, share, type Where } from './promql';

const CALLER = ['source_workload_namespace', 'source_canonical_service'];
const CALLEE = ['destination_service_namespace', 'destination_service_name'];
const OPENED = 'istio_tcp_connections_opened_total';
const CONNECTED = {
  callers: { title: 'Callers by connections', labels: CALLER },
  callees: { title: 'Callees by connections', labels: CALLEE },
  calls: { title: 'Who connects to whom', labels: [...CALLER, ...CALLEE] },
};
const MUTUAL = ['connection_security_policy="mutual_tls"'];

/** Who sends requests to a service. */
export const callersOf = (where: Where): DashboardPanel => callTable('Callers', 'Who calls it, requests in a second.', where, CALLER);

/** Whom a service sends requests to. */
export const calleesOf = (where: Where): DashboardPanel =>
  callTable('Callees', 'Whom it calls, requests in a second, as far as a proxy reads them.', where, CALLEE);

/** Who sends requests to whom. */
export const callsOf = (where: Where): DashboardPanel =>
  callTable('Who calls whom', 'Requests in a second, of each caller to each service.', where, [...CALLER, ...CALLEE]);

/** The same for connections of which nobody reads requests. */
export const connectionsOf = (where: Where, by: keyof typeof CONNECTED): DashboardPanel => ({
  title: CONNECTED[by].title,
  about: 'Connections that are opened in a second.',
  unit: 'cps',
  queries: [{ expr: rate(OPENED, where, CONNECTED[by].labels), legend: '' }],
  isTable: true,
});

/** Which part comes by mutual TLS: of requests where a proxy in the pod tells, of connections where ztunnel does. */
export function mutualTls(facts: { readonly requests?: Where; readonly connections?: Where }): DashboardPanel {
  return {
    title: 'Mutual TLS',
    about: 'Share of what came by mutual TLS. A proxy in the pod tells it of requests, ztunnel of connections.',
    unit: 'percentunit',
    queries: [
      ...(facts.requests ? [{ expr: share(REQUESTS, facts.requests, MUTUAL), legend: 'requests' }] : []),
      ...(facts.connections ? [{ expr: share(OPENED, facts.connections, MUTUAL), legend: 'connections' }] : []),
    ],
  };
}

export const callRow = (panels: readonly DashboardPanel[]): DashboardRow => ({ title: 'Calls', panels });

function callTable(title: string, about: string, where: Where, by: readonly string[]): DashboardPanel {
  return { title, about, unit: 'reqps', queries: [{ expr: rate(REQUESTS, where, by), legend: '' }], isTable: true };
}
