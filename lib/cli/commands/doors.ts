import pc from 'picocolors';
import { type MeshDoor, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub } from '../formats/machines';
import { cell, exampleText, objectText } from '../formats/people';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type DoorsFormat = 'text' | 'json' | 'markdown' | 'github';

/** Every way in of somebody whom nobody has named. */
export function doors(files: readonly YamlFile[], callee: string, format: DoorsFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...files);
  const found = verdicts.doorsTo(callee);
  const isOpen = found.some(({ allowed }) => allowed.length > 0);
  const code = isOpen ? FOUND : found.length > 0 ? NO_JUDGEMENT : CLEAN;
  return { text: WRITERS[format](callee, found), code, notes: verdicts.assumptions };
}

const WRITERS: Readonly<Record<DoorsFormat, (callee: string, found: readonly MeshDoor[]) => string>> = {
  text: asText,
  markdown: asMarkdown,
  json: (_, found) => `${JSON.stringify({ doors: found }, undefined, 2)}\n`,
  github: (callee, found) => asGithub(found.map((door) => issueOf(callee, door))),
};

const NONE = 'nobody gets in whom nobody has named';

function asText(callee: string, found: readonly MeshDoor[]): string {
  const lines = found.flatMap((door) => [
    '',
    `${pc.bold(`${door.kind}: ${door.callers.join(', ')} -> ${door.callee}`)}${door.madeBy ? pc.dim(`, of ${objectText(door.madeBy)}`) : ''}`,
    ...door.allowed.map((one) => `  ${pc.red(one.text)}${pc.dim(exampleText(one))}`),
    ...door.unknown.map((one) => `  ${pc.yellow(`nobody can tell: ${one.unknown}`)}: ${one.text}`),
    `  ${protectionOf(door)}`,
    `  closed by ${door.closedBy}`,
  ]);
  return [pc.bold(`doors of ${callee}`), ...(found.length === 0 ? [NONE] : lines), ''].join('\n');
}

function protectionOf({ hasToken, mtls }: MeshDoor): string {
  return `${hasToken ? 'with' : 'without'} a token, ${mtls ? 'over mutual TLS' : 'in plaintext'}`;
}

function asMarkdown(callee: string, found: readonly MeshDoor[]): string {
  const rows = found.flatMap((door) => {
    const who = [door.kind, door.callers.join(', '), door.callee];
    return [...door.allowed, ...door.unknown].map((one) =>
      [...who, one.unknown ?? `${one.text}<br>\`${one.example}\``, protectionOf(door), door.closedBy].map(cell).join(' | '),
    );
  });
  const table = ['| door | who | to | requests | protected | closed by |', '|---|---|---|---|---|---|', ...rows.map((row) => `| ${row} |`)];
  return [`## Doors of ${callee}`, '', ...(rows.length === 0 ? [NONE] : table), ''].join('\n');
}

function issueOf(callee: string, { text, allowed, madeBy, closedBy }: MeshDoor): Issue {
  const { file, line, column } = madeBy ?? {};
  const level = allowed.length > 0 ? 'warning' : 'info';
  return { code: 'doors', level, text: `${callee}: ${text}`, details: [`closed by ${closedBy}`], file, line, column };
}
