import type { Cluster } from '../../lib/cluster/cluster';
import { httpRoutes } from '../../lib/cluster/routes/http-routes';
import { servedPorts } from '../../lib/cluster/services/endpoints';
import { servicesOf } from '../../lib/cluster/services/services';
import { type GatewayProxy, gatewaysOf } from '../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import { compareText } from '../../lib/support/ordering';
import { decide } from '../../lib/verdict/decide';
import type { Caller, HostTarget, Target } from '../../lib/verdict/requests/request';
import { type Line, linesFor, linesForPod, linesForRoutes } from './samples';

export interface TruthTableOptions {
  /** Hosts that no manifest describes and that are worth a section: Services outside the mesh, strangers on the internet. */
  readonly hosts?: readonly HostTarget[];
}

interface NamedCaller {
  readonly name: string;
  readonly from: Caller;
}

interface Section {
  readonly title: string;
  readonly to: Target;
  /** None where bytes are all that is sent. */
  readonly lines: readonly Line[];
  /** Callers that could mean this target; all of them unless said otherwise. */
  readonly callers?: readonly NamedCaller[];
}

interface Row {
  readonly callers: readonly string[];
  readonly request: string;
  readonly allowed: boolean;
  readonly by: string;
}

/**
 * Markdown: for each service, each pod address and each host, which requests of whom arrive and which object decides. Callers with the
 * same answer share a row. The order depends on names alone.
 */
export function truthTable(cluster: Cluster, { hosts = [] }: TruthTableOptions = {}): string {
  const sections = [...serviceSections(cluster), ...podSections(cluster), ...hosts.map(hostSection), ...gatewaySections(cluster)];
  return sections.map((section) => render(section, rowsOf(cluster, section))).join('\n');
}

/** Every workload, every gateway, a stranger of each plane that the cluster has, and a pod outside the mesh. */
function callersOf(cluster: Cluster): NamedCaller[] {
  const workloads = workloadsOf(cluster).map(({ key }) => ({ name: key, from: { workload: key } }));
  const proxies = (['sidecar', 'ztunnel'] as const).filter((proxy) => workloadsOf(cluster).some((pod) => pod.proxy.name === proxy));
  const strangers = [...proxies, 'none' as const].map((proxy) => ({
    name: `stranger (${proxy})`,
    from: { pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy } },
  }));
  return [...workloads.sort((a, b) => compareText(a.name, b.name)), ...gatewayCallers(cluster), ...strangers];
}

const gatewayCallers = (cluster: Cluster): NamedCaller[] =>
  doorsOf(cluster).map(({ key }) => ({ name: `gateway ${key}`, from: { gateway: key } }));

const doorsOf = (cluster: Cluster): GatewayProxy[] => gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor);

function serviceSections(cluster: Cluster): Section[] {
  return servicesOf(cluster).flatMap((service) =>
    service.hosts.flatMap((host) =>
      service.ports.map(({ number, isHttp }) => ({
        title: `${host}:${number}`,
        to: { host, port: number },
        lines: isHttp ? linesFor(cluster, service) : [],
      })),
    ),
  );
}

function podSections(cluster: Cluster): Section[] {
  return workloadsOf(cluster).flatMap((pod) => {
    const ports = servedPorts(cluster, pod);
    const numbers = [...new Set(ports.map(({ number }) => number))];
    return numbers.map((port) => ({
      title: `a pod of ${pod.key}, port ${port}`,
      to: { podOf: pod.key, port },
      lines: ports.some((one) => one.number === port && one.isHttp) ? linesForPod(cluster, pod) : [],
    }));
  });
}

const hostSection = (to: HostTarget): Section => ({ title: `${to.host}:${to.port}`, to, lines: [] });

/** What comes in from outside: every host name of every route, through every gateway that listens for it. */
function gatewaySections(cluster: Cluster): Section[] {
  const names = [...new Set(httpRoutes(cluster).flatMap(({ hostnames }) => hostnames))].sort(compareText);
  return doorsOf(cluster).flatMap((gateway) =>
    gateway.listeners.flatMap(({ port = 0 }) =>
      names.map((host) => ({
        title: `${host}:${port} from outside`,
        to: { host, port },
        lines: linesForRoutes(cluster, host),
        callers: [{ name: `through ${gateway.key}`, from: { gateway: gateway.key } }],
      })),
    ),
  );
}

function rowsOf(cluster: Cluster, { to, lines, callers }: Section): Row[] {
  const rows = (callers ?? callersOf(cluster)).flatMap(({ name, from }) => rowsOfCaller(cluster, name, from, to, lines));
  const merged = groupBy(rows, (row) => [row.allowed ? 0 : 1, row.by, row.request].join('|'));
  return merged.map((same) => ({ ...same[0], callers: same.flatMap((row) => row.callers) })).sort(allowedFirst);
}

/** Lines with the same answer make one row; where all lines have it, the row is about any request. */
function rowsOfCaller(cluster: Cluster, name: string, from: Caller, to: Target, lines: readonly Line[]): Row[] {
  const answers = (lines.length === 0 ? [undefined] : lines).map((line) => {
    const { allowed, by, layer } = decide(cluster, { from, to, ...line });
    return { line, allowed, by: `${by} (${layer})` };
  });
  const groups = groupBy(answers, ({ allowed, by }) => `${allowed}|${by}`);
  return groups.map((same) => ({
    callers: [name],
    request: groups.length === 1 ? 'any' : same.map(({ line }) => (line ? `${line.method} ${line.path}` : '')).join(', '),
    allowed: same[0].allowed,
    by: same[0].by,
  }));
}

const allowedFirst = (a: Row, b: Row): number =>
  Number(b.allowed) - Number(a.allowed) || compareText(a.callers.join(), b.callers.join()) || compareText(a.by, b.by);

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function render({ title }: Section, rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.callers.join(', ')} | ${row.request} | ${row.allowed ? 'allowed' : 'refused'} | ${row.by} |`);
  return [`### ${title}`, '', '| from | request | | decided by |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}
