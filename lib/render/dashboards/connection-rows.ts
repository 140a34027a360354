import type { DashboardPanel, DashboardRow } from '../../model/observability/dashboard';
import { seriesOf } from '../observability/promql';
import { rate, type Where } from './promql';

const OPENED = 'istio_tcp_connections_opened_total';
const CLOSED = 'istio_tcp_connections_closed_total';
const RECEIVED = 'istio_tcp_received_bytes_total';
const SENT = 'istio_tcp_sent_bytes_total';
const FAILED = ['response_flags!="-"', 'response_flags!=""'];

/** What becomes of connections, of which nobody reads what they carry. */
export function connectionRow(where: Where): DashboardRow {
  return {
    title: 'Connections',
    panels: [
      {
        title: 'Connections opened',
        about: 'Connections that are opened in a second, and those that failed, by the flag of the proxy.',
        unit: 'cps',
        queries: [
          { expr: rate(OPENED, where), legend: 'opened' },
          { expr: rate(CLOSED, [...where, ...FAILED], ['response_flags']), legend: 'failed {{response_flags}}' },
        ],
      },
      {
        title: 'Connections open',
        about: 'Connections at this moment.',
        unit: 'short',
        queries: [{ expr: `sum(${seriesOf(OPENED, where)}) - (sum(${seriesOf(CLOSED, where)}) or vector(0))`, legend: 'open' }],
      },
      bytesPanel(where),
    ],
  };
}

function bytesPanel(where: Where): DashboardPanel {
  return {
    title: 'Bytes',
    about: 'Bytes in a second, in connections of which nobody reads requests.',
    unit: 'Bps',
    queries: [
      { expr: rate(RECEIVED, where), legend: 'received' },
      { expr: rate(SENT, where), legend: 'sent' },
    ],
  };
}

const VERSION = ['destination_workload', 'destination_version'];
const VERSION_NAME = '{{destination_workload}} {{destination_version}}';

/** Connections of each version beside the others. */
export function versionConnectionRow(where: Where): DashboardRow {
  return {
    title: 'Connections of versions',
    panels: [
      {
        title: 'Connections of versions',
        about: 'Connections that are opened in a second to each version.',
        unit: 'cps',
        queries: [{ expr: rate(OPENED, where, VERSION), legend: VERSION_NAME }],
      },
      {
        title: 'Bytes of versions',
        about: 'Bytes in a second that each version gets and sends.',
        unit: 'Bps',
        queries: [
          { expr: rate(RECEIVED, where, VERSION), legend: `${VERSION_NAME} received` },
          { expr: rate(SENT, where, VERSION), legend: `${VERSION_NAME} sent` },
        ],
      },
    ],
  };
}
