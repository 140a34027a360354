import type { Finding } from '../model/finding';
import { tell } from '../support/telling/tell';

const INFOS_SHOWN = 3;

/** A finding as people read it. */
export function findingText({ message: what, declaredAt: line, ...finding }: Finding): string {
  return tell({ ...finding, what, line });
}

/** Findings that were not printed yet. Of infos the first few of a code are enough to know what it is about. */
export function printFindings(findings: readonly Finding[], printed: Set<string>): string[] {
  const counts = new Map<string, number>();
  const texts = findings.flatMap((finding) => {
    const count = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, count);
    return finding.level === 'info' && count > INFOS_SHOWN ? [] : [`${finding.level} ${findingText(finding)}`];
  });
  const more = [...counts].filter(
    ([code, count]) => count > INFOS_SHOWN && findings.some((finding) => finding.code === code && finding.level === 'info'),
  );
  const lines = [...texts, ...more.map(([code, count]) => `info ${code}: ${count - INFOS_SHOWN} more; MeshReport.of(app) has them all`)];
  const fresh = lines.filter((line) => !printed.has(line));
  fresh.forEach((line) => printed.add(line));
  return fresh;
}
