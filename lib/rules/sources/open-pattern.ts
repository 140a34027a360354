import type { AuthorizationRule } from '../../cluster/policies/authorization-policies';
import { SECURITY } from '../../istio/api-groups';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

export const openPattern = rule({
  code: 'MESH251',
  level: 'warning',
  title: 'pattern of callers that takes names which look alike',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec rules from source'], ['principals', 'namespaces']) }],

  check(model, report) {
    for (const { object, title, rules } of rawPolicies(model).filter(({ action }) => action === 'ALLOW')) {
      const open = [...new Set(rules.flatMap(patternsOf))];
      if (open.length === 0) continue;
      report({
        on: object,
        message: `${title} lets in whoever is called almost so: a star within a name takes every name that goes on or begins otherwise`,
        got: open.join(', '),
        fix: 'write names whole, and a star for whole parts alone: namespaces: [shop], principals: [cluster.local/ns/shop/sa/*]',
      });
    }
  },
});

/** A star that stands for the rest of a name, and not for whole parts of an identity. */
function patternsOf({ from }: AuthorizationRule): string[] {
  return from.flatMap(({ principals = [], namespaces = [] }) => [
    ...principals.filter((one) => /[^/*]\*$/.test(one) || /^\*[^/*]/.test(one)),
    ...namespaces.filter((one) => /.\*$|^\*./.test(one)),
  ]);
}
