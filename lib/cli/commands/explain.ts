import pc from 'picocolors';
import { type MeshGrant, type MeshQuestion, type Verdict, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub } from '../formats/machines';
import { objectText } from '../formats/people';
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
    ? ['', 'The smallest grant that opens it:', '', `  ${grant.code}`, '', indented(grant.yaml)]
    : nothingOpens(verdict);
  return [pc.bold(titleOf(question)), paint(verdict.text), '', ...wayOf(verdict), '', ...factsOf(verdict), ...opening, ''].join('\n');
}

/** Each proxy once, with what it said. */
function wayOf({ trail }: Verdict): string[] {
  return trail.flatMap(({ at, layer, text, allowed }, index) => {
    const head = trail[index - 1]?.at === at ? [] : [`  ${pc.bold(at)}`];
    return [...head, `    ${layer.padEnd(14)}${allowed ? text : pc.red(text)}`];
  });
}

function factsOf({ split, identity, mtls, timeout, retries, asks, would, notRead, answeredStatus, answeredLocation }: Verdict): string[] {
  const shares = split.map(({ percent, workload, host }) => `${percent} % ${workload ?? host}`).join(', ');
  const answer = [answeredStatus, answeredLocation].filter((one) => one !== undefined).join(' ');
  const tries = retries && [
    `${retries.attempts} more tries`,
    retries.perTryTimeout && `of ${retries.perTryTimeout}`,
    retries.retryOn && `on ${retries.retryOn}`,
  ];
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['goes to', shares],
    ['identity', identity],
    ['mTLS', mtls ? 'yes' : 'no'],
    ['timeout', timeout],
    ['retries', tries?.filter(Boolean).join(' ')],
    ['answered', answer],
    ['asks', asks.join(', ')],
    ...would.map(({ effect, text, at }) => [effect === 'audit' ? 'audit' : 'dry run', `${text}, at ${at}`] as const),
    ['not read', notRead.map(objectText).join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value ? [`  ${name.padEnd(10)}${value}`] : []));
}

function nothingOpens({ allowed, unknown, decidedBy, opensWith }: Verdict): string[] {
  if (allowed || unknown !== undefined) return [];
  if (opensWith !== undefined) return ['', `It is let in with ${opensWith}.`];
  return ['', `No grant opens it${decidedBy ? `: ${objectText(decidedBy)} would have to change` : ''}.`];
}

function indented(yaml: string): string {
  return yaml.trimEnd().replace(/^/gm, '  ');
}

function asMarkdown({ question, verdict, grant }: Explained): string {
  const steps = verdict.trail.map(({ at, layer, text }) => `| ${at} | ${layer} | ${text.replaceAll('|', '\\|')} |`);
  const opening = grant
    ? ['', 'The smallest grant that opens it:', '', '```ts', grant.code, '```', '', '```yaml', grant.yaml.trimEnd(), '```']
    : nothingOpens(verdict);
  const facts = factsOf(verdict).map((line) => `- ${line.trim().replace(/ {2,}/, ': ')}`);
  return [
    `## ${titleOf(question)}`,
    '',
    `**${verdict.text}**`,
    '',
    '| at | layer | says |',
    '|---|---|---|',
    ...steps,
    '',
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
