import pc from 'picocolors';
import { type MeshChange, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub } from '../formats/machines';
import { cell, objectText, together } from '../formats/people';
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

const NOTHING = 'every request to a Service fares as before; what comes in by hosts of gateways, or leaves, is not compared';

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
  if (!requests) return '';
  const { decidedBy, example } = requests;
  return `, as in ${example}${decidedBy ? `, by ${objectText(decidedBy)}` : ''}`;
}

function asMarkdown(changes: readonly MeshChange[]): string {
  const rows = alike(changes).map(([callers, { change, callee, requests, text }]) =>
    [change, callers, callee ?? '', requests?.text ?? text, requests?.decidedBy ? objectText(requests.decidedBy) : '']
      .map(cell)
      .join(' | '),
  );
  const table = ['| | from | to | requests | decided by |', '|---|---|---|---|---|', ...rows.map((row) => `| ${row} |`)];
  return ['## What changes for requests', '', ...(rows.length === 0 ? [NOTHING] : table), ''].join('\n');
}

function issueOf(one: MeshChange): Issue {
  const { file, line, column } = one.requests?.decidedBy ?? {};
  const level = DANGEROUS.includes(one.change) ? 'warning' : 'info';
  return { code: one.change, level, text: one.text, details: one.requests ? [`as in ${one.requests.example}`] : [], file, line, column };
}
