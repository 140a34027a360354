import { SECURITY } from '../../istio/api-groups';
import type { AuthorizationPolicy, Clause, Condition } from '../../cluster/policies/authorization-policies';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

const NAMES = ['serviceAccounts', 'notServiceAccounts', 'namespaces', 'notNamespaces'];
const PRINCIPALS = ['principals', 'notPrincipals'];
// Characters that mean something in a regular expression. Names of accounts may have dots.
const PATTERN = /[.+?^$()[\]{}|\\]/;

export const nameAsPattern = rule({
  code: 'MESH290',
  level: 'warning',
  title: 'policy with a name that Istio before 1.30 reads as a pattern',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: [
        ...fieldPaths(['spec rules from source'], [...NAMES, ...PRINCIPALS]),
        ...fieldPaths(['spec rules when'], ['key', 'values', 'notValues']),
      ],
      made: false,
    },
  ],

  check(model, report) {
    for (const policy of rawPolicies(model)) {
      const names = patternsOf(policy);
      if (names.length === 0) continue;
      report({
        on: policy.object,
        message: `${policy.title} names callers with characters of regular expressions, which Istio before 1.30 does not escape: there a dot stands for any character, and so others are meant as well`,
        got: names.join(', '),
        fix: "name accounts and namespaces by lower case letters, digits and '-', and identities by their whole principal; or run 1.30 or later, and acknowledge this",
        yamlFix:
          "name accounts and namespaces by lower case letters, digits and '-', and identities by their whole principal; or run 1.30 or later, and pass this over with a comment that says why (# istio-constructs-ignore)",
      });
    }
  },
});

function patternsOf({ rules }: AuthorizationPolicy): string[] {
  return [...new Set(rules.flatMap(({ from, when }) => [...from.flatMap(inClause), ...when.flatMap(inCondition)]))];
}

function inClause(clause: Clause): string[] {
  const valuesOf = (fields: readonly string[]): string[] => fields.flatMap((field) => clause[field] ?? []);
  return [...valuesOf(NAMES).filter(isPattern), ...valuesOf(PRINCIPALS).filter(endsAsPattern)];
}

function inCondition({ key, values, notValues }: Condition): string[] {
  const said = [...values, ...notValues];
  if (key === 'source.namespace' || key === 'source.serviceAccount') return said.filter(isPattern);
  return key === 'source.principal' ? said.filter(endsAsPattern) : [];
}

const isPattern = (name: string): boolean => PATTERN.test(name);

// Principals are compared as text but for those that begin with `*`.
const endsAsPattern = (principal: string): boolean => principal.startsWith('*') && isPattern(principal);
