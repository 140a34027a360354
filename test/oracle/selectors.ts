import type { Labels } from './manifest';
import type { LabelRequirement, LabelSelector } from './policy-specs';

/** Whether every wanted label is there with its value; nothing wanted is wanted by all. */
export const hasLabels = (labels: Labels, wanted: Labels = {}): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** A Kubernetes label selector: its labels and all of its expressions. The empty selector picks everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return hasLabels(labels, selector.matchLabels) && (selector.matchExpressions ?? []).every((one) => meets(one, labels));
}

function meets(requirement: LabelRequirement, labels: Labels): boolean {
  const value = labels[requirement.key];
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`unknown operator ${requirement.operator} on label ${requirement.key}`);
  }
}
