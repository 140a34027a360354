import pc from 'picocolors';
import { type MeshWay, type RequestClass, Verdicts, type YamlFile } from 'istio-constructs';
import { cell, exampleText, objectText, together } from '../formats/people';
import { CLEAN, NO_JUDGEMENT, type Outcome } from '../outcome';

export type ReachFormat = 'text' | 'json' | 'markdown';

/** Two ends, one of which may be left open. */
export interface Ends {
  readonly from?: string;
  readonly to?: string;
}

/** Who may reach a callee, what a caller may reach, or by which requests the one may reach the other. */
export function reach(files: readonly YamlFile[], ends: Ends, format: ReachFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...files);
  const ways = waysOf(verdicts, ends);
  const code = ways.some(({ unknown }) => unknown.length > 0) ? NO_JUDGEMENT : CLEAN;
  return { text: WRITERS[format](titleOf(ends), ways), code, notes: verdicts.assumptions };
}

function waysOf(verdicts: Verdicts, { from, to }: Ends): MeshWay[] {
  if (from === undefined) return verdicts.waysTo(to!);
  if (to === undefined) return verdicts.waysFrom(from);
  const { allowed, unknown } = verdicts.reach({ caller: from, callee: to });
  return allowed.length + unknown.length > 0 ? [{ caller: from, callee: to, allowed, unknown }] : [];
}

function titleOf({ from, to }: Ends): string {
  if (from === undefined) return `who reaches ${to}`;
  return to === undefined ? `what ${from} reaches` : `how ${from} reaches ${to}`;
}

const WRITERS: Readonly<Record<ReachFormat, (title: string, ways: readonly MeshWay[]) => string>> = {
  text: asText,
  markdown: asMarkdown,
  json: (_, ways) => `${JSON.stringify({ ways }, undefined, 2)}\n`,
};

const NOBODY = 'no request arrives';

function asText(title: string, ways: readonly MeshWay[]): string {
  const lines = alike(ways).flatMap(([callers, way]) => [
    '',
    pc.bold(`${callers} -> ${way.callee}`),
    ...way.allowed.map((one) => `  ${pc.green(one.text)}${pc.dim(byWhom(one))}`),
    ...way.unknown.map((one) => `  ${pc.yellow(`nobody can tell: ${one.unknown}`)}: ${one.text}`),
  ]);
  return [pc.bold(title), ...(ways.length === 0 ? [NOBODY] : lines), ''].join('\n');
}

function asMarkdown(title: string, ways: readonly MeshWay[]): string {
  const rows = alike(ways).flatMap(([callers, { callee, allowed, unknown }]) =>
    [...allowed, ...unknown].map((one) =>
      [callers, callee, one.text, one.decidedBy ? objectText(one.decidedBy) : '', one.unknown ?? `\`${one.example}\``]
        .map(cell)
        .join(' | '),
    ),
  );
  const table = ['| from | to | requests | let in by | as in |', '|---|---|---|---|---|', ...rows.map((row) => `| ${row} |`)];
  return [`## ${title}`, '', ...(rows.length === 0 ? [NOBODY] : table), ''].join('\n');
}

/** Ways that are one but for who calls. */
function alike(ways: readonly MeshWay[]): [string, MeshWay][] {
  return together(
    ways,
    ({ caller }) => caller,
    ({ callee, allowed, unknown }) => JSON.stringify([callee, [...allowed, ...unknown].map((one) => [one.text, byWhom(one)])]),
  );
}

function byWhom(one: RequestClass): string {
  return `${exampleText(one)}${one.asks.length > 0 ? `, if ${one.asks.join(' and ')} agrees` : ''}`;
}
