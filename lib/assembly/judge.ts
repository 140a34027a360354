import type { IConstruct } from 'constructs';
import type { Finding } from '../model/finding';
import type { MeshModel } from '../model/mesh-model';
import { RULES } from '../rules';
import type { Discovery, Rule } from '../rules/rule';
import { compareText } from '../support/ordering';
import { acknowledgements, reasonFor } from './acknowledgements';

const LEVELS = ['error', 'warning', 'info'];

/** What all rules find in a model, worst first, each with the reason that silences it if there is one. */
export function judge(root: IConstruct, model: MeshModel): Finding[] {
  const reasons = acknowledgements(root);
  return RULES.flatMap((rule) => findingsOf(rule, model))
    .map((finding) => ({ ...finding, acknowledged: reasonFor(finding, reasons) }))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || compareText(a.code, b.code) || compareText(a.path, b.path));
}

function findingsOf(rule: Rule, model: MeshModel): Finding[] {
  const found: Finding[] = [];
  const { code, level, title } = rule;
  rule.check(model, ({ on, message, got, fix }: Discovery) => {
    found.push({ code, level, title, path: on.path, message, got, fix, declaredAt: on.site?.line });
  });
  return found;
}
