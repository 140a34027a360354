import pc from 'picocolors';
import { type MeshChange, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub } from '../formats/machines';
import { cell, exampleText, objectText, together } from '../formats/people';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type DiffFormat = 'text' | 'json' | 'markdown' | 'github';

/** What somebody has to look at before it is applied. */
const DANGEROUS = ['opened', 'weakened'];

/** Which requests fare otherwise in a newer version of a mesh. What only closes, moves or strengthens is told, and counts as clean. */
export function diff(older: readonly YamlFile[], newer: readonly YamlFile[], format: DiffFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...newer);
  const changes = verdicts.changesSince(Verdicts.ofFiles(...older));
  const has = (...kinds: string[]): boolean => changes.some(({ change }) => kinds.includes(change));
  const code = has(...DANGEROUS) ? FOUND : has('unclear') ? NO_JUDGEMENT : CLEAN;
  return { text: WRITERS[format](changes), code, notes: verdicts.assumptions };
}

const WRITERS: Readonly<Record<DiffFormat, (changes: readonly MeshChange[]) => string>> = {
  text: asText,
  markdown: asMarkdown,
  json: (changes) => `${JSON.stringify({ changes }, undefined, 2)}\n`,
  github: (changes) => asGithub(changes.map(issueOf)),
};

const NOTHING = 'every request fares as before';

const PAINT: Readonly<Record<string, (text: string) => string>> = { opened: pc.red, weakened: pc.red, unclear: pc.yellow };

function asText(changes: readonly MeshChange[]): string {
  if (changes.length === 0) return `${NOTHING}\n`;
  return alike(changes)
    .map(([callers, one]) => `${(PAINT[one.change] ?? pc.blue)(withCallers(callers, one))}${pc.dim(byWhom(one))}\n`)
    .join('');
}

/** Changes that are one but for who calls. */
function alike(changes: readonly MeshChange[]): [string, MeshChange][] {
  return together(
    changes,
    ({ caller = '' }) => caller,
    (one) => JSON.stringify([withCallers('', one), byWhom(one)]),
  );
}

function withCallers(callers: string, { caller, text }: MeshChange): string {
  return text.replace(`: ${caller} -> `, () => `: ${callers} -> `);
}

function byWhom({ requests }: MeshChange): string {
  return requests ? exampleText(requests) : '';
}

/** Kinds of change, the worst first, and what each is called in a comment. */
const TITLES: Readonly<Record<string, string>> = {
  opened: 'Opened',
  weakened: 'Weakened',
  unclear: 'Unclear',
  closed: 'Closed',
  moved: 'Moved',
  strengthened: 'Strengthened',
};

// A comment that nobody reads to its end says less than a short one.
const MOST_ROWS = 15;
const MOST_CALLERS = 4;

function asMarkdown(changes: readonly MeshChange[]): string {
  const groups = Object.entries(TITLES).map(([change, title]) => ({
    title,
    change,
    rows: alike(changes.filter((one) => one.change === change)),
  }));
  const told = groups.filter(({ rows }) => rows.length > 0);
  const counts = told.map(({ title, rows }) => `**${rows.length} ${title.toLowerCase()}**`).join(', ');
  const planes = changes.filter(({ change }) => change === 'plane').map(({ text }) => `- ${text.replace('plane: n', 'N')}`);
  const head = [
    '## What changes for requests',
    '',
    ...(counts === '' ? [NOTHING] : [counts]),
    ...(planes.length > 0 ? ['', ...planes] : []),
  ];
  return [...head, ...told.flatMap(sectionOf), ''].join('\n');
}

/** What somebody has to look at stands open, all else can be unfolded. */
function sectionOf({
  title,
  change,
  rows,
}: {
  readonly title: string;
  readonly change: string;
  readonly rows: ReturnType<typeof alike>;
}): string[] {
  const left = rows.length - MOST_ROWS;
  const table = [
    '| from | to | requests | decided by |',
    '|---|---|---|---|',
    ...rows.slice(0, MOST_ROWS).map(rowOf),
    ...(left > 0 ? ['', `and ${left} more: \`istio-constructs diff\` tells them all`] : []),
  ];
  if ([...DANGEROUS, 'unclear'].includes(change)) return ['', `### ${title}`, '', ...table];
  return ['', `<details><summary>${title} (${rows.length})</summary>`, '', ...table, '', '</details>'];
}

function rowOf([callers, { callee, requests, text }]: [string, MeshChange]): string {
  const names = callers.split(', ');
  const few = names.length > MOST_CALLERS ? `${names.slice(0, MOST_CALLERS).join(', ')} and ${names.length - MOST_CALLERS} more` : callers;
  const [, moved = ''] = /(, from \d.*)$/.exec(text) ?? [];
  const cells = [
    few,
    callee ?? '',
    requests ? `${requests.text}${moved}` : text,
    requests?.decidedBy ? objectText(requests.decidedBy) : '',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function issueOf(one: MeshChange): Issue {
  const { file, line, column } = one.requests?.decidedBy ?? {};
  const level = DANGEROUS.includes(one.change) ? 'warning' : 'info';
  return { code: one.change, level, text: one.text, details: one.requests ? [`as in ${one.requests.example}`] : [], file, line, column };
}
