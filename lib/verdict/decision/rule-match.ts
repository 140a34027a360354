import type { AuthorizationRule, Clause, Condition } from '../../cluster/policies/authorization-policies';
import type { Access } from './access';
import { perObject } from '../../support/kept/per-object';
import { type Attribute, conditionOf, OPERATION_FIELDS, SOURCE_FIELDS } from './attributes';
import { every, type Maybe, not, some } from './three-valued';

export type Action = 'ALLOW' | 'DENY' | 'CUSTOM' | 'AUDIT';

/** Whether a rule of a policy in `namespace` matches, as the enforcer that asks understands rules. */
export type RuleMatcher = (rule: AuthorizationRule, action: Action, access: Access, namespace: string) => Maybe;

/** One line of a clause: any of these values, and none of those. */
interface Question {
  readonly attribute: Attribute;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/** Envoy's reading, in a sidecar, a gateway or a waypoint: one of `from`, one of `to`, and every `when`. */
export const proxyMatches: RuleMatcher = (rule, action, access, namespace) => {
  const { from, to, conditions, questions } = clausesOf(rule);
  // On a port that is not HTTP, an ALLOW rule that asks for HTTP is left out; a DENY rule loses just that part and so denies more.
  if (!access.http && action === 'ALLOW' && questions.some((question) => question.attribute.isHttp)) return false;
  const holds = (question: Question) => (!access.http && question.attribute.isHttp) || answer(question, access, namespace);
  const oneOf = (clauses: readonly Question[][]) => clauses.length === 0 || some(clauses.map((clause) => every(clause.map(holds))));
  return every([oneOf(from), oneOf(to), every(conditions.map(holds))]);
};

/**
 * ztunnel's reading: an ALLOW rule that asks for HTTP is left out. In a DENY rule only the HTTP part goes, and a clause that is empty
 * then matches nothing, so the rule is not enforced.
 */
export const ztunnelMatches: RuleMatcher = (rule, action, access, namespace) => {
  const { from, to, conditions, questions } = clausesOf(rule);
  if (action === 'ALLOW' && questions.some(({ attribute }) => attribute.inZtunnel === 'unsupported')) return false;
  const clauseMatches = (clause: readonly Question[]) => {
    const known = clause.filter(({ attribute }) => attribute.inZtunnel === 'read');
    return known.length > 0 && every(known.map((question) => answer(question, access, namespace)));
  };
  const groups = [from, to, ...conditions.map((condition) => [[condition]])].filter((group) => group.length > 0);
  return every(groups.map((group) => some(group.map(clauseMatches))));
};

/** Not a value at all answers a negative question: who has no principal is not the one refused. */
function answer({ attribute, values, notValues }: Question, access: Access, namespace: string): Maybe {
  const anyOf = (wanted: readonly string[]) => some(wanted.map((value) => attribute.matches(value, access, namespace)));
  return every([values.length === 0 || anyOf(values), not(anyOf(notValues))]);
}

const clausesOf = perObject((rule: AuthorizationRule) => {
  const from = rule.from.map((source) => questionsOf(source, SOURCE_FIELDS));
  const to = rule.to.map((operation) => questionsOf(operation, OPERATION_FIELDS));
  const conditions = rule.when.map(questionOf);
  return { from, to, conditions, questions: [...from.flat(), ...to.flat(), ...conditions] };
});

function questionsOf(clause: Clause, attributes: Readonly<Record<string, Attribute>>): Question[] {
  const known = Object.entries(attributes).map(([name, attribute]) => {
    const negative = `not${name[0].toUpperCase()}${name.slice(1)}`;
    return { attribute, values: clause[name] ?? [], notValues: clause[negative] ?? [] };
  });
  return known.filter(({ values, notValues }) => values.length + notValues.length > 0);
}

function questionOf({ key, values, notValues }: Condition): Question {
  return { attribute: conditionOf(key), values, notValues };
}
