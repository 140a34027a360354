import type { GraphEdge } from '../mesh-graph';

/** What stands on a line: a first row, and smaller what else there is to say. */
export interface LineText {
  readonly first: string;
  readonly more: readonly string[];
  readonly mtls: string;
  /** Some of it goes over the wire as it is. */
  readonly isPlain: boolean;
}

export const ANYBODY = 'open to anybody';
// Where most lines are, the map says less on each.
const MOST_WITH_MORE = 60;
const LONGEST_ROW = 34;

export function textOfLine(edges: readonly GraphEdge[], lines: number): LineText {
  const mtls = ['no', 'unclear'].find((mode) => edges.some((edge) => edge.mtls === mode)) ?? 'yes';
  const isPlain = edges.some((edge) => edge.mtls === 'no' && edge.protocol !== 'TLS');
  const protocols = [...new Set(edges.map(({ protocol }) => protocol))].sort().join(', ');
  const one = edges.length === 1 ? edges[0] : undefined;
  const said = one && lines <= MOST_WITH_MORE ? [enforcerOf(one), sharesOf(one)].map((row) => shortened(row, LONGEST_ROW)) : [];
  const more = [...said, edges.some(({ whoever }) => whoever) ? ANYBODY : ''].filter(Boolean);
  return { first: one ? `${protocols} ${one.port}` : `${edges.length} calls, ${protocols}`, more, mtls, isPlain };
}

/** `waypoint` of `waypoint shop/waypoint`: the panel says which. */
function enforcerOf({ enforcedAt }: GraphEdge): string {
  return enforcedAt === 'nothing' ? 'not checked' : enforcedAt.split(' ')[0];
}

/** Only where requests are shared out. */
function sharesOf({ shares }: GraphEdge): string {
  if (shares.length < 2) return '';
  return shares.map(({ workload, percent }) => `${workload.split('/').at(-1)} ${percent} %`).join(', ');
}

export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** How a line is called for people who do not see it: who takes part, and what stands on it. */
export function spokenLine(from: string, to: string, { first, more, mtls }: LineText): string {
  return `${from} calls ${to}: ${[first, ...more].join(' ')}, ${MTLS[mtls]}`;
}

export const MTLS: Readonly<Record<string, string>> = { yes: 'mutual TLS', no: 'no mutual TLS', unclear: 'mutual TLS unclear' };
