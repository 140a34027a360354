import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { LATER } from '../../support/deferred';
import { groupedBy } from '../../support/grouping';
import { nameOf } from '../../cluster/objects/manifest-object';
import { rule, type Rule } from '../rule';

export const waitingCheck = rule({
  code: 'MESH313',
  level: 'info',
  title: 'check waits for a value that is known only later',

  check(model, report, rules) {
    const waits = rules.flatMap((other) => waitsOf(model, other));
    for (const same of groupedBy(waits, ({ object, fields, sought }) => `${object.path} ${fields} ${sought}`).values()) {
      const [{ object, fields, sought }] = same;
      const codes = [...new Set(same.map(({ code }) => code))];
      const missing = `${fields} of ${nameOf(object)}`;
      report({
        on: object,
        message: sought
          ? `${codes.join(', ')} ${codes.length > 1 ? 'say' : 'says'} nothing until ${missing} is known: what seems to be missing may be this object`
          : `${codes.join(', ')} ${codes.length > 1 ? 'wait' : 'waits'} for ${missing}`,
        got: LATER,
        fix: 'nothing, if the value is right; the page of the rule says what it checks',
      });
    }
  },
});

interface Wait {
  readonly code: string;
  readonly object: ManifestObject;
  readonly fields: string;
  readonly sought: boolean;
}

function waitsOf(model: MeshModel, { code, waits }: Rule): Wait[] {
  return waits(model).map(({ object, comparison, fields }) => {
    return { code, object, fields: fields.join(', '), sought: comparison.sought === true };
  });
}
