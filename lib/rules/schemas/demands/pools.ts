import { type Fields, fieldsOf, isSaid } from '../../../cluster/objects/fields';
import { isNegative } from '../values/amounts';
import { isNoLimit, isNoTimespan } from '../values/timespans';
import { type Demand, within } from './demand';

const AMOUNTS = ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'];
const TIMES = [
  ...['http.idleTimeout', 'http.http2KeepAlive.interval', 'http.http2KeepAlive.timeout'],
  ...['tcp.connectTimeout', 'tcp.maxConnectionDuration', 'tcp.tcpKeepalive.time', 'tcp.tcpKeepalive.interval'],
];

/** How a duration is written, wherever Istio takes one. */
export const TIMESPAN = {
  what: 'is no duration of whole milliseconds, one at least',
  fix: 'write a number with its unit, such as 500ms, 5s or 1m',
};

/** What is asked of the limits of connections, which stand in these fields. */
export function poolDemands(pools: readonly string[]): Demand[] {
  return [
    {
      at: pools,
      refuses: (pool) => !isSaid(fieldsOf(pool).http) && !isSaid(fieldsOf(pool).tcp),
      what: 'is a connectionPool that says nothing',
      fix: 'write a limit in http or tcp, or leave it out',
    },
    { at: within(pools, ...TIMES), refuses: isNoTimespan, ...TIMESPAN },
    { at: within(pools, 'tcp.idleTimeout'), refuses: isNoLimit, ...TIMESPAN },
    {
      at: within(pools, ...AMOUNTS.map((key) => `http.${key}`), 'tcp.maxConnections'),
      refuses: isNegative,
      what: 'is below zero',
      fix: 'write how many there may be at most',
    },
    {
      at: within(pools, 'http'),
      refuses: (http) => isUpgradedByWish(fieldsOf(http)),
      what: 'asks for HTTP/2 always and for the protocol of the client',
      fix: 'keep h2UpgradePolicy: UPGRADE or useClientProtocol: true',
    },
    {
      at: within(pools, 'http.http2KeepAlive'),
      refuses: (alive) => !isSaid(fieldsOf(alive).interval) || !isSaid(fieldsOf(alive).timeout),
      what: 'needs both interval and timeout',
      fix: 'write both, such as interval: 30s and timeout: 5s',
    },
  ];
}

function isUpgradedByWish({ h2UpgradePolicy, useClientProtocol }: Fields): boolean {
  return h2UpgradePolicy === 'UPGRADE' && useClientProtocol === true;
}
