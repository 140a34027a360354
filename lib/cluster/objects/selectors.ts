import { type Labels, labelsOf, listOf, textOf, textsOf, valueAt } from './fields';

/** A label selector of Kubernetes. */
export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly LabelRequirement[];
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export function selectorOf(value: unknown): LabelSelector {
  return {
    matchLabels: labelsOf(valueAt(value, 'matchLabels')),
    matchExpressions: listOf(valueAt(value, 'matchExpressions')).map(({ key, operator, values }) => ({
      key: textOf(key) ?? '',
      operator: textOf(operator) ?? '',
      values: textsOf(values),
    })),
  };
}

/** Whether every wanted label is there with its value; nothing wanted is wanted by all. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.keys(wanted).every((key) => labels[key] === wanted[key]);
}

/** All labels and all expressions of a selector; the empty one picks everything. */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return hasLabels(labels, matchLabels) && matchExpressions.every((one) => meets(one, labels));
}

/** An operator that Kubernetes does not know picks nothing: its API server takes no such object. */
export function meets({ key, operator, values = [] }: LabelRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
