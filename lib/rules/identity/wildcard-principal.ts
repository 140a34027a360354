import { SECURITY } from '../../istio/api-groups';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

// All of one namespace, in one trust domain: what `namespaces` says as well, and nobody else can come by.
const ONE_NAMESPACE = /^[^*/]+\/ns\/[^*/]+\/(sa\/)?\*$/;

export const wildcardPrincipal = rule({
  code: 'MESH142',
  level: 'warning',
  title: 'policy that lets in whoever has an identity of some form',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: ['spec action', ...fieldPaths(['spec rules from source'], ['principals', 'namespaces'])],
      made: false,
    },
  ],

  check(model, report) {
    for (const policy of rawPolicies(model).filter(({ action }) => action === 'ALLOW')) {
      const open = patternsOf(policy);
      if (open.length === 0) continue;
      report({
        on: policy.object,
        message: `${policy.title} lets in identities by ${open.join(', ')}: whoever makes a namespace or an account of a fitting name has one`,
        got: open.join(', '),
        fix: 'name each caller, or all of one namespace by namespaces; or acknowledge this with the reason',
        yamlFix:
          'name each caller, or all of one namespace by namespaces; or pass this over with a comment that says why (# istio-constructs-ignore)',
      });
    }
  },
});

/** Patterns that the members of more than one namespace fit. */
function patternsOf({ rules }: AuthorizationPolicy): string[] {
  const clauses = rules.flatMap(({ from }) => from);
  const principals = clauses.flatMap(({ principals: said = [] }) => said).filter((one) => one.includes('*') && !ONE_NAMESPACE.test(one));
  const namespaces = clauses.flatMap(({ namespaces: said = [] }) => said).filter((one) => one.includes('*'));
  return [...new Set([...principals, ...namespaces])];
}
