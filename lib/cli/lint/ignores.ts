import type { YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';

/** A comment that silences codes on the line it stands on, or, on a line of its own, on the next line that says something. */
interface Ignore {
  readonly file: string;
  /** Where the comment stands, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The line that it is about. */
  readonly target: number;
  readonly codes: readonly string[];
  readonly reason: string;
}

const WORD = 'istio-constructs-ignore';
const COMMENT = new RegExp(`(?:^|\\s)#\\s*${WORD}\\b(.*)$`);
const SAID = /^\s+(MESH\d{3}(?:\s*,\s*MESH\d{3})*)\s*(?::(.*))?$/;

/** Findings with the reasons that comments of the manifests give to pass them over, and what is wrong with such comments. */
export function withIgnores(files: readonly YamlFile[], issues: readonly Issue[]): Issue[] {
  const ignores = files.flatMap(ignoresIn);
  const starts = new Map(files.filter(({ text }) => text.includes(WORD)).map(({ name, text }) => [name, startsOfDocuments(text)]));
  const used = new Set<Ignore>();
  const judged = issues.map((issue) => {
    const ignore = ignores.find((one) => isAbout(one, issue, starts.get(one.file)!));
    if (!ignore || ignore.reason === '') return issue;
    used.add(ignore);
    return { ...issue, passedOver: { by: 'ignore' as const, reason: ignore.reason } };
  });
  return [...judged, ...ignores.flatMap((ignore) => wrongWith(ignore, used.has(ignore)))];
}

/** About a line, or about an object where it stands before it. */
function isAbout({ file, target, codes }: Ignore, issue: Issue, starts: readonly number[]): boolean {
  if (issue.file !== file || !codes.includes(issue.code) || issue.line === undefined) return false;
  return target === issue.line || target === starts.filter((start) => start <= issue.line!).at(-1);
}

function ignoresIn({ name: file, text }: YamlFile): Ignore[] {
  if (!text.includes(WORD)) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const found = COMMENT.exec(line);
    if (!found) return [];
    const [, codes = '', reason = ''] = SAID.exec(found[1]) ?? [];
    const isAlone = line.trimStart().startsWith('#');
    const target = isAlone ? index + 1 + lines.slice(index + 1).findIndex((one) => !/^\s*(#.*)?$/.test(one)) : index;
    const column = line.indexOf('#', found.index) + 1;
    return [{ file, line: index + 1, column, target: target + 1, codes: codes.split(/\s*,\s*/).filter(Boolean), reason: reason.trim() }];
  });
}

/** The first line of each document that says something. */
function startsOfDocuments(text: string): number[] {
  const starts: number[] = [];
  let isNew = true;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^---(\s|$)/.test(line)) isNew = true;
    else if (isNew && !/^\s*(#.*)?$/.test(line)) {
      starts.push(index + 1);
      isNew = false;
    }
  }
  return starts;
}

function wrongWith(ignore: Ignore, isUsed: boolean): Issue[] {
  const { file, line, column, codes } = ignore;
  const place = { file, line, column };
  const fix = `write # ${WORD} ${codes[0] ?? 'MESH301'}: and why`;
  if (codes.length === 0 || ignore.reason === '') {
    return [
      {
        code: 'ignore-without-reason',
        level: 'warning',
        text: 'a comment that passes a finding over says which, and why',
        details: [`fix: ${fix}`],
        ...place,
      },
    ];
  }
  if (isUsed) return [];
  return [
    {
      code: 'unused-ignore',
      level: 'info',
      text: `nothing of ${codes.join(', ')} is found here`,
      details: ['fix: take the comment out'],
      ...place,
    },
  ];
}
