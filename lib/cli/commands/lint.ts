import { type MeshFinding, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub, asJunit, asSarif } from '../formats/machines';
import { asMarkdown, asText } from '../formats/people';
import { withBaseline, writeBaseline } from '../lint/baseline';
import { withIgnores } from '../lint/ignores';
import { mend, patchOf, writeMended } from '../lint/mending';
import { isAsBad, type Severities, UNREAD, withSeverities } from '../lint/severities';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type LintFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'junit' | 'github';

const DOCS = 'https://github.com/istio-constructs/istio-constructs/blob/main/docs';

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
  /** Whether to mend in the files what nobody has to judge. */
  readonly fix?: boolean;
  /** Whether only to show what that would change. */
  readonly dryRun?: boolean;
}

/** What the rules find in manifests, as one reads them, and is not mended. What cannot be read is told first. */
export function lint(files: readonly YamlFile[], wishes: LintWishes): Outcome {
  if (!wishes.fix) return told(files, found(files, wishes), wishes);
  const first = found(files, wishes);
  if (counting(first.issues).some(isUnread)) {
    const { notes = [], ...outcome } = told(files, first, wishes);
    return { ...outcome, notes: [...notes, 'nothing is mended while there is something that cannot be read'] };
  }
  const mended = mend(files, (now) => found(now, wishes).issues);
  const said = [...mended.counts].map(([name, count]) => `${name}: ${count} ${wishes.dryRun ? 'would be mended' : 'mended'}`);
  const notes = said.length > 0 ? said : ['nothing of it can be mended without somebody who judges'];
  if (wishes.dryRun) return { text: patchOf(files, mended), code: codeOf(first.issues, wishes), notes };
  writeMended(files, mended);
  const left = told(mended.files, found(mended.files, wishes), wishes);
  return { ...left, notes: [...notes, ...(left.notes ?? [])] };
}

/** What there is to tell, with the reasons for which some of it does not count. */
interface Found {
  readonly issues: readonly Issue[];
  readonly assumptions: readonly string[];
  /** How many findings of the baseline are not there any more. */
  readonly gone: number;
  /** Codes of findings that are switched off, each as often as it is found. */
  readonly off: readonly string[];
}

function found(files: readonly YamlFile[], { format, baseline, severity = {} }: LintWishes): Found {
  const { findings, assumptions } = Verdicts.lint(...files);
  const issues = findings.map((finding) => issueOf(finding, format));
  // What cannot be read is no finding that somebody could know better about.
  const unread = issues.filter(isUnread);
  const heard = withIgnores(
    files,
    withSeverities(
      severity,
      issues.filter((issue) => !isUnread(issue)),
    ),
  );
  const judged = baseline === undefined ? { issues: heard, gone: 0 } : withBaseline(baseline, heard);
  const off = issues.filter((issue) => !isUnread(issue) && severity[issue.code] === 'off').map(({ code }) => code);
  return { assumptions, gone: judged.gone, off, issues: [...unread, ...[...judged.issues].sort(inOrder)] };
}

/** As one reads files. */
function inOrder(one: Issue, other: Issue): number {
  const byPlace = (one.file ?? '').localeCompare(other.file ?? '', 'en') || (one.line ?? 0) - (other.line ?? 0);
  return byPlace || (one.column ?? 0) - (other.column ?? 0) || one.code.localeCompare(other.code, 'en');
}

function told(files: readonly YamlFile[], { issues, assumptions, gone, off }: Found, wishes: LintWishes): Outcome {
  const { format, writeBaseline: file } = wishes;
  const judged = issues.filter((issue) => !isUnread(issue));
  if (file !== undefined && judged.length === issues.length)
    return { text: `${file}: ${writeBaseline(file, judged)} known\n`, code: CLEAN };
  return {
    text: written(format, files, issues),
    code: codeOf(issues, wishes),
    notes: [...assumptions, ...notesOf(issues, gone), ...offNotes(off)],
  };
}

function codeOf(issues: readonly Issue[], { failOn = 'warning' }: LintWishes): Outcome['code'] {
  const counted = counting(issues);
  if (counted.some(isUnread)) return NO_JUDGEMENT;
  return counted.some(({ level }) => isAsBad(level, failOn)) ? FOUND : CLEAN;
}

function counting(issues: readonly Issue[]): Issue[] {
  return issues.filter(({ passedOver }) => !passedOver);
}

function isUnread({ code }: Issue): boolean {
  return UNREAD.test(code);
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

function offNotes(off: readonly string[]): string[] {
  const codes = [...new Set(off)].sort();
  return off.length > 0 ? [`${off.length} switched off by --severity: ${codes.join(', ')}`] : [];
}

function issueOf({ code, level, path, text, cure }: MeshFinding, format: LintFormat): Issue {
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
    ...(cure && { cure }),
  };
}

function written(format: LintFormat, files: readonly YamlFile[], all: readonly Issue[]): string {
  const issues = counting(all);
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
