import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { fingerprintOf } from '../formats/fingerprint';
import type { Issue } from '../formats/issue';
import { UsageError } from '../outcome';

/** Findings that were there before anybody looked, each by what stays the same when lines move. */
interface Baseline {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

interface KnownFinding {
  readonly code: string;
  readonly file?: string;
  readonly text: string;
  readonly fingerprint: string;
}

/** Findings with those passed over that a baseline has, each as often as it is there, and how many of it are gone. */
export function withBaseline(file: string, issues: readonly Issue[]): { readonly issues: Issue[]; readonly gone: number } {
  const left = new Map<string, number>();
  for (const { fingerprint } of readBaseline(file).findings) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  const judged = issues.map((issue) => {
    const key = fingerprintOf(issue);
    const count = left.get(key) ?? 0;
    if (issue.passedOver || count === 0) return issue;
    left.set(key, count - 1);
    return { ...issue, passedOver: { by: 'baseline' as const, reason: `in ${file}` } };
  });
  return { issues: judged, gone: [...left.values()].reduce((sum, count) => sum + count, 0) };
}

/** Writes down what is found now, and not passed over by a comment. */
export function writeBaseline(file: string, issues: readonly Issue[]): number {
  const found = issues.filter(({ passedOver }) => passedOver?.by !== 'ignore');
  const findings = found.map((issue) => ({ code: issue.code, file: issue.file, text: issue.text, fingerprint: fingerprintOf(issue) }));
  writeFileSync(file, `${JSON.stringify({ version: 1, findings } satisfies Baseline, undefined, 2)}\n`);
  return found.length;
}

function readBaseline(file: string): Baseline {
  if (!existsSync(file)) throw new UsageError(`there is no baseline ${file}; write it with --write-baseline ${file}`);
  // JSON is YAML, and what is neither is told as an error and not thrown.
  const document = parseDocument(readFileSync(file, 'utf8'), { prettyErrors: false });
  const said = (document.errors.length > 0 ? {} : document.toJS()) as Partial<Baseline> | null;
  if (said?.version !== 1 || !Array.isArray(said.findings))
    throw new UsageError(`${file} is no baseline; write it with --write-baseline ${file}`);
  return said as Baseline;
}
