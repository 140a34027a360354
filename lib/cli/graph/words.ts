import type { MeshGraphEdge } from 'istio-constructs';

export type Edge = Pick<
  MeshGraphEdge,
  'port' | 'protocol' | 'mtls' | 'enforcedAt' | 'requests' | 'shares' | 'butNot' | 'workloads' | 'unknown' | 'decidedBy' | 'routedBy'
>;

export const NOBODY_KNOWS = 'nobody can tell';

const MTLS: Readonly<Record<string, string>> = { yes: 'mTLS', no: 'no mTLS', unclear: 'mTLS unclear' };

/** What stands on the arrow of one edge, row by row. */
export function rowsOf(edge: Edge): string[] {
  const { protocol, port, mtls, enforcedAt, unknown } = edge;
  if (unknown !== undefined) return [`${protocol} ${port}`, ...requestRows(edge), NOBODY_KNOWS];
  const own = protectionOf(edge) === 'tls' ? '' : `, ${MTLS[mtls]}`;
  return [`${protocol} ${port}${own}`, ...requestRows(edge), checkedText(enforcedAt), ...sharesRow(edge)];
}

/** What keeps requests from being read on the way: the mesh, or TLS that the two ends speak by themselves. */
export type Protection = 'yes' | 'tls' | 'no' | 'unclear';

export function protectionOf({ mtls, protocol }: Pick<Edge, 'mtls' | 'protocol'>): Protection {
  return mtls === 'no' && protocol === 'TLS' ? 'tls' : (mtls as Protection);
}

/** A sidecar and a ztunnel are those of the callee, and need no name. */
function checkedText(enforcedAt: string): string {
  if (enforcedAt === 'nothing') return 'nobody checks';
  if (enforcedAt === 'network') return 'by network policies';
  const words = enforcedAt.split(' and ').map((one) => (/^(sidecar|ztunnel) /.test(one) ? one.split(' ')[0] : one));
  return `at ${[...new Set(words)].join(' and ')}`;
}

/** What stands on an arrow that is several edges. */
export function joinedRows(edges: readonly Edge[]): string[] {
  if (edges.length === 1) return rowsOf(edges[0]);
  const protocols = [...new Set(edges.map(({ protocol }) => protocol))].sort().join(', ');
  return [`${edges.length} calls, ${protocols}`, mtlsOfAll(edges)];
}

/** The same for all, or how many are otherwise. */
function mtlsOfAll(edges: readonly Edge[]): string {
  const counts = (['no', 'unclear'] as const).map((word) => [word, edges.filter((edge) => protectionOf(edge) === word).length] as const);
  const told = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count === edges.length ? '' : `${count} `}${MTLS[word]}`);
  return told.length === 0 ? (edges.every(({ mtls }) => mtls === 'yes') ? MTLS.yes : 'mTLS or TLS') : told.join(', ');
}

const MOST_REQUESTS = 2;

/** None where all are let in. */
function requestRows({ requests }: Edge): string[] {
  const said = requests.map(briefly).filter((request) => request !== '');
  const more = said.length > MOST_REQUESTS ? [`and ${said.length - MOST_REQUESTS} more`] : [];
  return [...said.slice(0, MOST_REQUESTS), ...more];
}

/** Without its port, and without what is any. */
function briefly(request: string): string {
  return request
    .replace(/, to \d+(?=;|$)/, '')
    .replace(/(^|: )(any method, any path|any bytes)(?=;|$)/, '')
    .replace(/(^|: )any method, /, '$1');
}

/** Where somebody has said how requests are shared out, and to more than one. */
export function sharesRow({ shares, routedBy }: Pick<Edge, 'shares' | 'routedBy'>): string[] {
  if (shares.length < 2 || routedBy.length === 0) return [];
  return [shares.map(({ workload, percent }) => `${Math.round(percent)} % ${workload.slice(workload.indexOf('/') + 1)}`).join(', ')];
}

/** Everything that is to be said of an edge, in a line: for who points at it, and for who does not see it. */
export function aboutEdge(caller: string, callee: string, edge: Edge): string {
  const { requests, decidedBy, workloads, butNot, unknown } = edge;
  const [first, ...rows] = rowsOf({ ...edge, requests: [] });
  const parts = [
    `${caller} -> ${callee}: ${[first, ...rows].join(', ')}`,
    ...(requests.length > 0 ? [`requests: ${requests.join(' | ')}`] : []),
    ...(workloads.length > 0 ? [`from ${workloads.join(', ')}`] : []),
    ...(butNot.length > 0 ? [`but not ${butNot.join(', ')}`] : []),
    ...(decidedBy.length > 0 ? [`by ${decidedBy.join(', ')}`] : []),
    ...(unknown !== undefined ? [unknown] : []),
  ];
  return parts.join('; ');
}
