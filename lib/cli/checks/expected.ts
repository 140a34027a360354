import type { MeshQuestion, Verdict, Verdicts } from 'istio-constructs';
import type { Expectation, Placed } from '../inputs/rule';
import type { Checked, Wrong } from './checked';

/** Whether one request fares as it is expected to. */
export function asExpected(verdicts: Verdicts, rule: Expectation & Placed): Checked {
  const verdict = verdicts.ask(questionOf(rule));
  const details = verdict.trail.map(({ at, layer, text }) => `${at}, ${layer}: ${text}`);
  if (verdict.unknown !== undefined) return { rule, verdict, wrong: [{ text: verdict.text, details }], isUnclear: true };
  const isAsExpected = verdict.allowed === (rule.expect === 'allow');
  const differing = rule.split ? differingShares(verdict, rule.split) : [];
  const texts = [...(isAsExpected ? [] : [`expected ${rule.expect}, got ${spoken(verdict)}`]), ...differing];
  return { rule, verdict, wrong: texts.map((text): Wrong => ({ text, details })) };
}

/** Without a comma between what became of it and by whom. */
function spoken({ text }: Verdict): string {
  return text.replace(/^(allowed|refused \(\w+\)), by /, '$1 by ');
}

function questionOf({ from, to, request = '', headers, claims, issuer, audiences }: Expectation): MeshQuestion {
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
    Math.abs(percent - (wanted[name] ?? 0)) < 0.05 ? [] : [`expected ${wanted[name] ?? 0} % at ${name}, got ${percent} %`],
  );
}
