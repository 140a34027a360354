import { forPlanes } from './fortress';
import { type Attempt, isForManifests, type Kind } from './attempt';
import { KINDS } from './attempts';
import type { Cluster } from '../../lib/cluster/cluster';
import { decide } from '../../lib/verdict/decide';
import { without } from '../../lib/verdict/layers';

/** The table of docs/security.md: each attempt, and what refuses it in either plane. */
export function attemptsTable(): string {
  const { sidecar, ambient } = forPlanes();
  const count = KINDS.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const sections = KINDS.map((kind) => sectionOf(kind, [sidecar, ambient]));
  return [`${count} attempts, each in both planes.`, ...sections].join('\n\n');
}

function sectionOf({ title, attempts }: Kind, clusters: readonly Cluster[]): string {
  const rows = attempts.map((attempt) => row([textOf(attempt), ...clusters.map((cluster) => refusalOf(cluster, attempt))]));
  return [`### ${title}`, '', row(['attempt', 'sidecar', 'ambient']), row(['---', '---', '---']), ...rows].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const textOf = ({ what }: Attempt): string => what.replaceAll('|', '\\|');

function refusalOf(cluster: Cluster, attempt: Attempt): string {
  if (!isForManifests(attempt)) return 'the proxy, by the bytes of it';
  const [mesh, all] = [without(without(cluster, 'network'), 'scope'), without(cluster, 'scope')].map((one) => decide(one, attempt.request));
  if (all.allowed) throw new Error(`gets in: ${attempt.what}`);
  return [mesh, all]
    .flatMap(({ allowed, by }) => (allowed ? [] : by))
    .filter((by, index, both) => both.indexOf(by) === index)
    .join(', ');
}
