import { type MeshQuestion, type Verdict, Verdicts, type YamlFile } from 'istio-constructs';
import { complaintsOf } from '../complaint';
import type { Issue, Looked } from '../formats/issue';
import { asGithub, asJunit } from '../formats/machines';
import { asMarkdown, asText } from '../formats/people';
import type { PlacedExpectation } from '../inputs/read-rules';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type CheckFormat = 'text' | 'json' | 'markdown' | 'junit' | 'github';

interface Checked {
  readonly rule: PlacedExpectation;
  /** None where nobody can judge, such as a name that nobody has. */
  readonly verdict?: Verdict;
  /** What is not as it was expected; empty where all is. */
  readonly wrong: readonly string[];
}

/** Whether a mesh does what a file of rules expects of it. */
export function check(files: readonly YamlFile[], rulesFile: string, rules: readonly PlacedExpectation[], format: CheckFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...files);
  const checked = rules.map((rule) => checkedBy(verdicts, rule));
  const isUnclear = checked.some(({ verdict }) => !verdict || verdict.unknown !== undefined);
  const isWrong = checked.some(({ wrong }) => wrong.length > 0);
  const code = isUnclear ? NO_JUDGEMENT : isWrong ? FOUND : CLEAN;
  return { text: written(format, rulesFile, checked), code, notes: verdicts.assumptions };
}

function checkedBy(verdicts: Verdicts, rule: PlacedExpectation): Checked {
  try {
    return compared(verdicts.ask(questionOf(rule)), rule);
  } catch (error) {
    const wrong = complaintsOf(error).map((line) => line.replace(/^error /, ''));
    if (wrong.length === 0) throw error;
    return { rule, wrong };
  }
}

function compared(verdict: Verdict, rule: PlacedExpectation): Checked {
  if (verdict.unknown !== undefined) return { rule, verdict, wrong: [verdict.text] };
  const isAsExpected = verdict.allowed === (rule.expect === 'allow');
  const differing = rule.split ? differingShares(verdict, rule.split) : [];
  return { rule, verdict, wrong: [...(isAsExpected ? [] : [`expected: ${rule.expect}; ${verdict.text}`]), ...differing] };
}

function questionOf({ from, to, request = '', headers, claims, issuer, audiences }: PlacedExpectation): MeshQuestion {
  const [, method, path] = /^([A-Z]+)? ?(\/.*)?$/.exec(request) ?? [];
  const lists = claims && Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, [value].flat()]));
  return { caller: from, callee: to, method, path, headers, claims: lists, issuer, audiences: audiences && [...audiences] };
}

function differingShares({ split }: Verdict, wanted: Readonly<Record<string, number>>): string[] {
  const names = Object.keys(wanted);
  const got = new Map(names.map((name) => [name, 0]));
  for (const { percent, workload, subset, host } of split) {
    const name = names.find((one) => [workload, workload?.split('/')[1], subset, host].includes(one)) ?? workload ?? host;
    got.set(name, (got.get(name) ?? 0) + percent);
  }
  return [...got].flatMap(([name, percent]) =>
    Math.abs(percent - (wanted[name] ?? 0)) < 0.05 ? [] : [`expected: ${wanted[name] ?? 0} % at ${name}; it gets ${percent} %`],
  );
}

function nameOf({ name, from, to, request = 'GET /', expect }: PlacedExpectation): string {
  return name ?? `${from} -> ${to} ${request}: ${expect}`;
}

function issuesOf(file: string, { rule, verdict, wrong }: Checked): Issue[] {
  const { line, column } = rule;
  const details = (verdict?.trail ?? []).map(({ at, layer, text }) => `${at}, ${layer}: ${text}`);
  return wrong.map((text) => ({ code: 'check', level: 'error', text: `${nameOf(rule)}: ${text}`, details, file, line, column }));
}

function written(format: CheckFormat, file: string, checked: readonly Checked[]): string {
  const looked: Looked[] = checked.map((one) => ({ name: nameOf(one.rule), issues: issuesOf(file, one) }));
  const issues = looked.flatMap((one) => one.issues);
  const kept = checked.filter(({ wrong }) => wrong.length === 0).length;
  const writers: Readonly<Record<CheckFormat, () => string>> = {
    text: () => `${asText(issues)}${kept} of ${checked.length} rules hold\n`,
    markdown: () => asMarkdown(`${kept} of ${checked.length} rules hold`, issues),
    json: () => `${JSON.stringify({ rules: checked }, undefined, 2)}\n`,
    junit: () => asJunit(file, looked),
    github: () => asGithub(issues),
  };
  return writers[format]();
}
