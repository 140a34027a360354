import type { IConstruct } from 'constructs';
import type { Finding, MeshEdit } from '../model/finding';
import type { MeshModel } from '../model/mesh-model';
import { RULES } from '../rules';
import type { Discovery, Rule } from '../rules/rule';
import { readable } from '../support/deferred';
import { compareText } from '../support/ordering';
import { acknowledgements, type Reasons, reasonFor } from './acknowledgements';

const LEVELS = ['error', 'warning', 'info'];

/** What all rules find in a model, worst first, each with the reason that silences it if there is one; without a tree nobody has given any. */
export function judge(root: IConstruct | undefined, model: MeshModel): Finding[] {
  const reasons: Reasons = root ? acknowledgements(root) : new Map();
  const found: Finding[] = [];
  for (const rule of RULES) rule.check(model, (discovery) => found.push(findingOf(rule, discovery, reasons)), RULES);
  return found.sort(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || compareText(a.code, b.code) || compareText(a.path, b.path),
  );
}

function findingOf(rule: Rule, { on, field = [], message, got, fix, cures }: Discovery, reasons: Reasons): Finding {
  const { code, level, title } = rule;
  const { path } = on;
  return {
    code,
    level,
    title,
    path: on.pathOf?.(field) ?? path,
    message: readable(message),
    got: got === undefined ? undefined : readable(got),
    fix: readable(fix),
    cure: editsOf(on, cures),
    // Reading a stack costs more than all rules together: only what is shown asks for its line.
    get declaredAt() {
      return on.site?.line;
    },
    acknowledged: reasonFor(level, code, path, reasons),
  };
}

/** All that it takes, or nothing: half a cure may be worse than none. */
function editsOf(on: Discovery['on'], cures: Discovery['cures'] = []): MeshEdit[] | undefined {
  if (cures.length === 0 || !on.editFor) return undefined;
  const edits = cures.map((cure) => on.editFor!(cure));
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}
