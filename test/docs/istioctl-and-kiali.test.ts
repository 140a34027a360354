import { Verdicts } from 'istio-constructs';
import { RULES } from '../../lib/rules';
import { read } from '../architecture/sources';
import { type Example, ISTIOCTL } from './codes/istioctl-examples';
import { KIALI } from './codes/kiali-examples';

const PAGE = 'docs/istioctl-and-kiali.md';
const OUTCOME = /^(?:(same|better): \[(MESH\d+)\]\(rules\/\2\.md\)|no mistake|not decidable offline)$/;
const WITHOUT_REASON = /^same/;

const rows = read(PAGE)
  .split('\n')
  .filter((line) => /^\| (IST|KIA)\d{4} \|/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

const examples = new Map([...ISTIOCTL, ...KIALI].map((example) => [example.code, example]));

const found = ({ manifests }: Example) => Verdicts.ofYaml(manifests.join('\n---\n')).findings;

describe(PAGE, () => {
  it('has a row for each code that mistakes.md knows, and no other', () => {
    const known = new Set(read('docs/mistakes.md').match(/\b(IST|KIA)\d{4}\b/g));
    expect(rows.map(([code]) => code).sort()).toEqual([...known].sort());
  });

  it.each(rows)('says of %s what becomes of it, and why it is not the same', (_code, about, outcome, why) => {
    expect(about).not.toBe('');
    expect(outcome).toMatch(OUTCOME);
    expect(why === '').toBe(WITHOUT_REASON.test(outcome));
  });

  it('names rules that are there', () => {
    const named = read(PAGE).match(/MESH\d+/g) ?? [];
    expect(named.filter((code) => !RULES.some((rule) => rule.code === code))).toEqual([]);
  });

  it('has manifests for each code that they can show', () => {
    const shown = rows.filter(([, , outcome]) => outcome !== 'not decidable offline').map(([code]) => code);
    expect([...examples.keys()].sort()).toEqual(shown.sort());
  });

  const judged = rows.filter(([code]) => examples.has(code)).map(([code, , outcome]) => [code, OUTCOME.exec(outcome)?.[2]] as const);

  it.each(judged.filter(([, rule]) => rule !== undefined))('%s is found by %s', (code, rule) => {
    const example = examples.get(code)!;
    expect(example.rule).toBe(rule);
    expect(found(example).map((finding) => finding.code)).toContain(rule);
  });

  it.each(judged.filter(([, rule]) => rule === undefined))('%s is no mistake', (code) => {
    const example = examples.get(code)!;
    expect(example.rule).toBeUndefined();
    expect(found(example).filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
