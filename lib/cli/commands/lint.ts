import { type MeshFinding, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub, asJunit, asSarif } from '../formats/machines';
import { asMarkdown, asText } from '../formats/people';
import { withBaseline, writeBaseline } from '../lint/baseline';
import { withIgnores } from '../lint/ignores';
import { isAsBad, type Severities, withSeverities } from '../lint/severities';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type LintFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'junit' | 'github';

const DOCS = 'https://github.com/istio-constructs/istio-constructs/blob/main/docs';
const UNREAD = /^MESH89[0-4]$/;

/** How to go about it. */
export interface LintWishes {
  readonly format: LintFormat;
  /** A file of findings that are known. */
  readonly baseline?: string;
  /** Where to write such a file. */
  readonly writeBaseline?: string;
  readonly severity?: Severities;
  /** The mildest level with which it ends as found. */
  readonly failOn?: Issue['level'];
}

/** What the rules find in manifests, worst first. What cannot be read is told beside what is found in the rest. */
export function lint(
  files: readonly YamlFile[],
  { format, baseline, writeBaseline: newBaseline, severity = {}, failOn = 'warning' }: LintWishes,
): Outcome {
  const { findings, assumptions } = Verdicts.lint(...files);
  const heard = withIgnores(
    files,
    withSeverities(
      severity,
      findings.map((finding) => issueOf(finding, format)),
    ),
  );
  if (newBaseline !== undefined) return { text: `${newBaseline}: ${writeBaseline(newBaseline, heard)} known\n`, code: CLEAN };
  const { issues, gone } = baseline === undefined ? { issues: heard, gone: 0 } : withBaseline(baseline, heard);
  const counted = issues.filter(({ passedOver }) => !passedOver);
  const isUnread = counted.some(({ code }) => UNREAD.test(code));
  const isFound = counted.some(({ level }) => isAsBad(level, failOn));
  const notes = [...assumptions, ...notesOf(issues, gone)];
  return { text: written(format, files, issues), code: isUnread ? NO_JUDGEMENT : isFound ? FOUND : CLEAN, notes };
}

function notesOf(issues: readonly Issue[], gone: number): string[] {
  const passedOver = (by: 'ignore' | 'baseline'): number => issues.filter((issue) => issue.passedOver?.by === by).length;
  const [ignored, known] = [passedOver('ignore'), passedOver('baseline')];
  return [
    ...(ignored > 0 ? [`${ignored} passed over by comments`] : []),
    ...(known > 0 ? [`${known} passed over as known from the baseline`] : []),
    ...(gone > 0 ? [`${gone} of the baseline ${gone === 1 ? 'is' : 'are'} found no more: write it anew with --write-baseline`] : []),
  ];
}

function issueOf({ code, level, path, text }: MeshFinding, format: LintFormat): Issue {
  // The page of a code came with the package: only who sits before it can open it.
  const isShown = (line: string): boolean => format === 'text' || !line.startsWith('page: ');
  const [first, ...lines] = text.split('\n');
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/s.exec(path) ?? [];
  return {
    code,
    level: level as Issue['level'],
    text: first.slice(`${code} at ${path}: `.length),
    details: lines.map((line) => line.trim()).filter(isShown),
    ...(file !== undefined && { file, line: Number(line), column: Number(column) }),
  };
}

function written(format: LintFormat, files: readonly YamlFile[], all: readonly Issue[]): string {
  const issues = all.filter(({ passedOver }) => !passedOver);
  const writers: Readonly<Record<LintFormat, () => string>> = {
    text: () => asText(issues),
    markdown: () => asMarkdown('Findings', issues),
    json: () => `${JSON.stringify({ findings: issues, passedOver: all.filter(({ passedOver }) => passedOver) }, undefined, 2)}\n`,
    sarif: () => asSarif(all, pageOf),
    junit: () =>
      asJunit(
        'lint',
        files.map(({ name }) => ({ name, issues: issues.filter(({ file }) => file === name) })),
      ),
    github: () => asGithub(issues),
  };
  return writers[format]();
}

function pageOf(code: string): string {
  if (!code.startsWith('MESH')) return `${DOCS}/command-line.md#lint`;
  return UNREAD.test(code) ? `${DOCS}/errors.md` : `${DOCS}/rules/${code}.md`;
}
