import { CORE, GATEWAY_API, RBAC } from '../../istio/api-groups';
import { INGRESS_CLASS } from '../../istio/gateway-classes';
import type { FieldPath } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { type Labels, textOf } from '../../cluster/objects/fields';
import { labelsOfObject, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsByKind } from '../../cluster/objects/objects-by-kind';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { isLabelValue, MOST_IN_LABEL } from '../../support/bounds/label-syntax';
import { fillInFix, placeholderIn } from '../../support/patterns/placeholder';
import { clusterOf } from '../cluster-of';
import { POD_LABELS, WORKLOADS } from '../comparison';
import { type Report, rule } from '../rule';

interface NameForm {
  readonly limit: number;
  readonly pattern: RegExp;
  readonly words: string;
}

const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;

const GATEWAY = `${GATEWAY_API}/Gateway`;

const FORMS: ReadonlyMap<string, NameForm> = new Map([
  [`${CORE}/Service`, { limit: 63, pattern: LABEL_1035, words: "lowercase letters, digits and '-', starting with a letter" }],
  [`${CORE}/Namespace`, { limit: 63, pattern: LABEL_1123, words: "lowercase letters, digits and '-'" }],
  // The Jobs of a CronJob add eleven characters.
  ['batch/CronJob', { limit: 52, pattern: SUBDOMAIN, words: "lowercase letters, digits, '-' and '.'" }],
  // A label of its pods is the name with eleven characters more.
  ['apps/StatefulSet', { limit: 52, pattern: LABEL_1123, words: "lowercase letters, digits and '-'" }],
]);
const OTHERS: NameForm = { limit: 253, pattern: SUBDOMAIN, words: "lowercase letters, digits, '-' and '.'" };
const RBAC_FORM: NameForm = { limit: 253, pattern: PATH_SEGMENT, words: "no '/' and no '%'" };

export const nameLimits = rule({
  code: 'MESH107',
  level: 'error',
  title: 'name or label value that Kubernetes rejects',
  compares: [{ fields: ['metadata name', 'metadata labels'] }, { kinds: WORKLOADS, fields: [POD_LABELS] }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const [groupKind, objects] of objectsByKind(cluster)) {
      const form = formOf(groupKind);
      for (const object of objects) checkName(object, groupKind === GATEWAY ? gatewayForm(object) : form, report);
    }
    for (const object of model.objects) checkLabels(object, labelsOfObject(object), report, ['metadata', 'labels']);
    for (const { object, labels } of workloadsOf(cluster)) {
      if (object.kind !== 'Pod') checkLabels(object, labels, report, ['spec', 'template', 'metadata', 'labels']);
    }
  },
});

function checkName(object: ManifestObject, { limit, pattern, words }: NameForm, report: Report): void {
  const { name } = object;
  if (name === '' || (name.length <= limit && pattern.test(name))) return;
  report({
    on: object,
    field: ['metadata', 'name'],
    message: `the name of a ${object.kind} may have at most ${limit} characters: ${words}`,
    got: name.length > limit ? `${name} (${name.length} characters)` : name,
    fix: fixOf(name, 'choose another name'),
  });
}

function formOf(groupKind: string): NameForm {
  return groupKind.startsWith(`${RBAC}/`) ? RBAC_FORM : (FORMS.get(groupKind) ?? OTHERS);
}

// istiod makes a Service <name>-istio from an ingress Gateway, and the name is a label value of the pods of any.
function gatewayForm(object: ManifestObject): NameForm {
  const suffix = textOf(specOf(object).gatewayClassName) === INGRESS_CLASS ? '-istio' : '';
  return { ...OTHERS, limit: MOST_IN_LABEL - suffix.length };
}

function checkLabels(object: ManifestObject, labels: Labels, report: Report, place: FieldPath): void {
  for (const key of Object.keys(labels)) {
    const value = labels[key];
    if (isLabelValue(value)) continue;
    report({
      on: object,
      field: [...place, key],
      message: `label ${key} of ${nameOf(object)}: a value may have at most ${MOST_IN_LABEL} letters, digits, '-', '_' and '.', and starts and ends with a letter or digit`,
      got: value.length > MOST_IN_LABEL ? `${value} (${value.length} characters)` : value,
      fix: fixOf(value, 'choose another value, or use an annotation instead'),
    });
  }
}

/** A name that nobody has filled in yet is not the one to judge. */
function fixOf(text: string, otherwise: string): string {
  const placeholder = placeholderIn(text);
  return placeholder === undefined ? otherwise : fillInFix(placeholder);
}
