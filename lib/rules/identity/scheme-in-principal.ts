import type { FieldPath } from '../../model/declared';
import { listOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { SECURITY } from '../../istio/api-groups';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { curesOfTexts } from '../named/values/mended';
import { rule } from '../rule';

const SCHEME = 'spiffe://';

export const schemeInPrincipal = rule({
  code: 'MESH247',
  level: 'error',
  title: 'policy that writes the scheme of an identity, which Istio writes itself',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: [
        'spec action',
        ...fieldPaths(['spec rules from source'], ['principals', 'notPrincipals']),
        ...fieldPaths(['spec rules when'], ['key', 'values', 'notValues']),
      ],
      made: false,
    },
  ],

  check(model, report) {
    for (const policy of rawPolicies(model)) {
      const written = principalsOf(policy).filter((principal) => principal.startsWith(SCHEME));
      if (written.length === 0) continue;
      report({
        on: policy.object,
        message: `${policy.title} begins principals with ${SCHEME}, which Istio puts in front of them itself: nobody has such an identity, so ${policy.action} is for nobody who is named, and an exception excepts nobody`,
        got: written.join(', '),
        fix: `write ${written[0].slice(SCHEME.length)}`,
        cures: curesOfTexts(policy.object, (text, field) => (isPrincipal(policy, field) ? text.replace(/^spiffe:\/\//, '') : undefined)),
      });
    }
  },
});

/** Whether a field is one of those whose values are identities. */
function isPrincipal({ object }: AuthorizationPolicy, field: FieldPath): boolean {
  if (field.at(-2) === 'principals' || field.at(-2) === 'notPrincipals') return true;
  const [, , rule, part, condition, name] = field;
  if (part !== 'when' || (name !== 'values' && name !== 'notValues')) return false;
  return listOf(listOf(specOf(object).rules)[Number(rule)].when)[Number(condition)].key === 'source.principal';
}

/** Identities that it names, to take or to leave out. */
function principalsOf({ rules }: AuthorizationPolicy): string[] {
  const clauses = rules.flatMap(({ from }) => from).flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals]);
  const conditions = rules.flatMap(({ when }) => when).filter(({ key }) => key === 'source.principal');
  return [...new Set([...clauses, ...conditions.flatMap(({ values, notValues }) => [...values, ...notValues])])];
}
