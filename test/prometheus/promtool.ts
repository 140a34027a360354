import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { manifests } from '../builders';

/** A series as promtool takes it: what it is called, and its values. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** A part of an answer: the labels of a series, and its value. */
export interface Sample {
  readonly labels: string;
  readonly value: number;
}

/** A query, and what it has to answer. */
export interface Question {
  readonly expr: string;
  readonly samples: readonly Sample[];
}

/** What Prometheus has seen, minute by minute unless said otherwise. */
export interface Seen {
  readonly series: readonly Series[];
  readonly interval?: string;
}

/** Groups of the rules that a chart writes, as Prometheus reads them. */
export function groupsOf(chart: Chart): unknown[] {
  const rules = manifests(chart).filter(({ kind }) => kind === 'PrometheusRule');
  return rules.flatMap(({ spec }) => spec!.groups as unknown[]);
}

/** What `promtool check rules` says of the rules of a chart, with all that it can be asked to look at; nothing if it takes them. */
export function checkRules(chart: Chart): string {
  return checkGroups(groupsOf(chart));
}

/** The same of rules that stand nowhere yet. */
export function takesRules(rules: readonly object[]): string {
  return checkGroups([{ name: 'asked', rules }]);
}

function checkGroups(groups: readonly unknown[]): string {
  return inFolder({ 'rules.yaml': { groups } }, ['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml']);
}

/** What differs from this after a time: how many alerts of a name fire, by severity. Nothing if all is so. */
export function fires(chart: Chart, alert: string, seen: Seen, at: string, bySeverity: Readonly<Record<string, number>>): string {
  const samples = Object.entries(bySeverity).map(([severity, value]) => ({ labels: `{severity="${severity}"}`, value }));
  return answers(chart, `count by (severity) (ALERTS{alertname="${alert}",alertstate="firing"})`, seen, at, samples);
}

/** What differs from these answers to a question, asked of all that the rules have recorded. */
export function answers(chart: Chart, expr: string, seen: Seen, at: string, samples: readonly Sample[]): string {
  return asked([{ expr, samples }], seen, at, groupsOf(chart));
}

/** What differs from these answers to questions, where there are no rules. */
export function exprsAnswer(questions: readonly Question[], seen: Seen, at: string): string {
  return asked(questions, seen, at, []);
}

function asked(questions: readonly Question[], { series, interval = '1m' }: Seen, at: string, groups: readonly unknown[]): string {
  const asking = questions.map(({ expr, samples }) => ({ expr, eval_time: at, exp_samples: samples }));
  const test = { interval, input_series: series, promql_expr_test: asking };
  const file = { rule_files: ['rules.yaml'], evaluation_interval: interval, fuzzy_compare: true, tests: [test] };
  return inFolder({ 'rules.yaml': { groups }, 'test.yaml': file }, ['test', 'rules', 'test.yaml']);
}

// JSON is YAML.
function inFolder(files: Readonly<Record<string, unknown>>, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  const { status, stdout, stderr, error } = spawnSync(join(process.env.PROMETHEUS_ENGINE!, 'promtool'), args, {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  if (error) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`;
}
