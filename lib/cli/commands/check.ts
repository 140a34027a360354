import { Verdicts, type YamlFile } from 'istio-constructs';
import type { Checked } from '../checks/checked';
import { asExpected } from '../checks/expected';
import { asAlways } from '../checks/invariants';
import { Mesh } from '../checks/mesh';
import { complaintsOf } from '../complaint';
import type { Issue, Looked } from '../formats/issue';
import { asGithub, asJunit } from '../formats/machines';
import { asMarkdown, asText } from '../formats/people';
import { nameOf, type Rule, subjectOf } from '../inputs/rule';
import { CLEAN, FOUND, NO_JUDGEMENT, type Outcome } from '../outcome';

export type CheckFormat = 'text' | 'json' | 'markdown' | 'junit' | 'github';

/** Whether a mesh does what a file of rules expects of it. */
export function check(files: readonly YamlFile[], rulesFile: string, rules: readonly Rule[], format: CheckFormat): Outcome {
  const mesh = new Mesh(Verdicts.ofFiles(...files));
  const checked = rules.map((rule) => checkedBy(mesh, rule));
  const isUnclear = checked.some((one) => one.isUnclear);
  const isWrong = checked.some(({ wrong }) => wrong.length > 0);
  const code = isUnclear ? NO_JUDGEMENT : isWrong ? FOUND : CLEAN;
  return { text: written(format, rulesFile, checked), code, notes: mesh.verdicts.assumptions };
}

function checkedBy(mesh: Mesh, rule: Rule): Checked {
  try {
    return 'expect' in rule ? asExpected(mesh.verdicts, rule) : asAlways(mesh, rule);
  } catch (error) {
    const lines = complaintsOf(error).map((line) => line.replace(/^error:? /, ''));
    if (lines.length === 0) throw error;
    return { rule, wrong: lines.map((text) => ({ text, details: [] })), isUnclear: true };
  }
}

function issuesOf(file: string, { rule, wrong }: Checked): Issue[] {
  const { line, column } = rule;
  return wrong.map(({ text, details }) => ({
    code: 'check',
    level: 'error',
    text: `${subjectOf(rule)}: ${text}`,
    details,
    file,
    line,
    column,
  }));
}

function written(format: CheckFormat, file: string, checked: readonly Checked[]): string {
  const looked: Looked[] = checked.map((one) => ({ name: nameOf(one.rule), issues: issuesOf(file, one) }));
  const issues = looked.flatMap((one) => one.issues);
  const kept = checked.filter(({ wrong }) => wrong.length === 0).length;
  const writers: Readonly<Record<CheckFormat, () => string>> = {
    text: () => `${asText(issues)}${kept} of ${checked.length} rules hold\n`,
    markdown: () => asMarkdown(`${kept} of ${checked.length} rules hold`, issues),
    json: () => `${JSON.stringify({ rules: checked.map(asData) }, undefined, 2)}\n`,
    junit: () => asJunit(file, looked),
    github: () => asGithub(issues),
  };
  return writers[format]();
}

function asData({ rule, verdict, wrong }: Checked): object {
  return {
    rule,
    verdict,
    wrong: wrong.map(({ text }) => text),
    counterexamples: wrong.flatMap(({ counterexample }) => counterexample ?? []),
  };
}
