import { SECURITY } from '../../istio/api-groups';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
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
      });
    }
  },
});

/** Identities that it names, to take or to leave out. */
function principalsOf({ rules }: AuthorizationPolicy): string[] {
  const clauses = rules.flatMap(({ from }) => from).flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals]);
  const conditions = rules.flatMap(({ when }) => when).filter(({ key }) => key === 'source.principal');
  return [...new Set([...clauses, ...conditions.flatMap(({ values, notValues }) => [...values, ...notValues])])];
}
