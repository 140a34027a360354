import pc from 'picocolors';
import { type MeshGrant, type MeshQuestion, type Verdict, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub } from '../formats/machines';
import { factsOf, openingText } from '../formats/verdict-facts';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type ExplainFormat = 'text' | 'json' | 'markdown' | 'github';

/** A question with all that there is to say about it. */
interface Explained {
  readonly question: MeshQuestion;
  readonly verdict: Verdict;
  readonly grant?: MeshGrant;
}

/** What becomes of one request, hop by hop, and what would let it in. */
export function explain(files: readonly YamlFile[], question: MeshQuestion, format: ExplainFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...files);
  const verdict = verdicts.ask(question);
  const explained = { question, verdict, grant: verdict.allowed ? undefined : verdicts.smallestGrant(question) };
  const code = verdict.unknown !== undefined ? NO_JUDGEMENT : verdict.allowed ? CLEAN : FOUND;
  return { text: WRITERS[format](explained), code, notes: verdicts.assumptions };
}

const WRITERS: Readonly<Record<ExplainFormat, (explained: Explained) => string>> = {
  text: asText,
  markdown: asMarkdown,
  json: (explained) => `${JSON.stringify(explained, undefined, 2)}\n`,
  github: (explained) => asGithub(issuesOf(explained)),
};

function titleOf({ caller, callee, method = 'GET', path = '/' }: MeshQuestion): string {
  return `${caller} -> ${callee} ${method} ${path}`;
}

function asText(explained: Explained): string {
  const { question, verdict, grant } = explained;
  const paint = verdict.unknown !== undefined ? pc.yellow : verdict.allowed ? pc.green : pc.red;
  const opening = grant
    ? ['', 'The smallest grant that opens it:', '', indented(grant.yaml), '', 'Or, in a program of constructs:', '', `  ${grant.code}`]
    : nothingOpens(verdict);
  const parts = [wayOf(verdict), factLines(verdict)].flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []));
  return [pc.bold(titleOf(question)), paint(verdict.text), ...parts, ...opening, ''].join('\n');
}

/** Each proxy once, with what it said. */
function wayOf({ trail }: Verdict): string[] {
  return trail.flatMap(({ at, layer, text, allowed }, index) => {
    const head = trail[index - 1]?.at === at ? [] : [`  ${pc.bold(at)}`];
    return [...head, `    ${layer.padEnd(14)}${allowed ? text : pc.red(text)}`];
  });
}

function factLines(verdict: Verdict): string[] {
  return factsOf(verdict).map(([name, value]) => `  ${name.padEnd(10)}${value}`);
}

function nothingOpens(verdict: Verdict): string[] {
  const text = openingText(verdict);
  return text === undefined ? [] : ['', text];
}

function indented(yaml: string): string {
  return yaml.trimEnd().replace(/^/gm, '  ');
}

function asMarkdown({ question, verdict, grant }: Explained): string {
  const steps = verdict.trail.map(({ at, layer, text }) => `| ${at} | ${layer} | ${text.replaceAll('|', '\\|')} |`);
  const opening = grant
    ? [
        '',
        'The smallest grant that opens it:',
        '',
        '```yaml',
        grant.yaml.trimEnd(),
        '```',
        '',
        'Or, in a program of constructs:',
        '',
        '```ts',
        grant.code,
        '```',
      ]
    : nothingOpens(verdict);
  const facts = factsOf(verdict).map(([name, value]) => `- ${name}: ${value}`);
  return [
    `## ${titleOf(question)}`,
    '',
    `**${verdict.text}**`,
    '',
    ...(steps.length > 0 ? ['| at | layer | says |', '|---|---|---|', ...steps, ''] : []),
    ...facts,
    ...opening,
    '',
  ].join('\n');
}

/** None where the request is let in. */
function issuesOf({ question, verdict, grant }: Explained): Issue[] {
  if (verdict.allowed) return [];
  const { file, line, column } = verdict.decidedBy ?? {};
  const details = [`${titleOf(question)}: ${verdict.text}`, ...(grant ? [`would be opened by ${grant.code}`] : [])];
  return [{ code: 'explain', level: 'error', text: details[0], details: details.slice(1), file, line, column }];
}
