import { type Fields, isSaid, labelsOf, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { groupKindOf, specOf, titleOf } from '../../cluster/objects/manifest-object';
import type { FieldPath } from '../../model/declared';
import type { Cure } from '../../model/finding';
import type { ManifestObject } from '../../model/mesh-model';
import { faultsOf } from '../../schemas/faults';
import { kubernetesSchema } from '../../schemas/kubernetes';
import { servedKind } from '../../schemas/served';
import { fieldPathOf } from './checks/field-path';
import { rule } from '../rule';

const WITH_SELECTOR = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet'];

/** What is wrong with an object, in a sentence that begins with its name. */
interface Wrong {
  readonly what: string;
  readonly got: string;
  readonly fix: string;
  readonly field?: FieldPath;
  readonly cures?: readonly Cure[];
}

export const refusedByKubernetes = rule({
  code: 'MESH358',
  level: 'error',
  title: 'object of Kubernetes that the API server refuses',
  compares: [{ kinds: WITH_SELECTOR, fields: ['spec selector matchLabels', 'spec template metadata labels'] }],

  check(model, report) {
    for (const object of model.objects.filter(({ made, patched }) => !made || patched)) {
      for (const { what, ...wrong } of wrongsOf(object)) report({ on: object, message: `${nameOf(object)}${what}`, ...wrong });
    }
  },
});

function nameOf(object: ManifestObject): string {
  return object.name === '' ? `a ${object.kind}` : titleOf(object);
}

function wrongsOf(object: ManifestObject): Wrong[] {
  const schema = kubernetesSchema(groupKindOf(object));
  if (!schema) return servedKind(groupKindOf(object)) ? withoutName(object) : [];
  const faults = faultsOf(object.manifest, schema).map(({ field, what, got, fix, mend }): Wrong => {
    const place = fieldPathOf(object.manifest, field, what);
    return { what: `: ${field} ${what}`, got, fix, field: place, cures: mend && [{ field: place, ...mend }] };
  });
  return [...withoutName(object), ...faults, ...numbersAsNames(object), ...strayTemplate(object)];
}

function withoutName({ manifest, name }: ManifestObject): Wrong[] {
  const { metadata } = manifest;
  const isNamed = name !== '' || isSaid(valueAt(metadata, 'name')) || isSaid(valueAt(metadata, 'generateName'));
  if (isNamed) return [];
  return [
    {
      what: ' has no name',
      got: isSaid(metadata) ? 'metadata without a name' : 'no metadata',
      fix: 'write metadata.name',
      field: ['metadata'],
    },
  ];
}

/** A name of a port has a letter, and a number is no text. */
function numbersAsNames(object: ManifestObject): Wrong[] {
  if (groupKindOf(object) !== '/Service') return [];
  return listOf(specOf(object).ports).flatMap(({ targetPort }, index): Wrong[] => {
    const said = textOf(targetPort);
    if (said === undefined || !/^\d+$/.test(said)) return [];
    const field = ['spec', 'ports', index, 'targetPort'];
    return [
      {
        what: `: spec.ports[${index}].targetPort is a text of digits alone, and the name of a port has a letter`,
        got: `"${said}"`,
        fix: `write the number ${said}`,
        field,
        cures: [{ field, kind: 'set', was: said, to: Number(said) }],
      },
    ];
  });
}

/** Pods that their own workload would not find. */
function strayTemplate(object: ManifestObject): Wrong[] {
  if (!WITH_SELECTOR.includes(groupKindOf(object))) return [];
  const spec: Fields = specOf(object);
  const said = valueAt(spec, 'template', 'metadata', 'labels');
  if (!isSaid(said)) return [];
  const [wanted, labels] = [labelsOf(valueAt(spec, 'selector', 'matchLabels')), labelsOf(said)];
  const missing = Object.entries(wanted).filter(([key, value]) => labels[key] !== value);
  if (missing.length === 0) return [];
  const words = missing.map(([key, value]) => `${key}: ${value}`).join(', ');
  return [
    {
      what: ': its selector does not pick the pods of its own template',
      got: `matchLabels ${words}`,
      fix: 'write the same labels in spec.selector.matchLabels and spec.template.metadata.labels',
      field: ['spec', 'selector', 'matchLabels'],
    },
  ];
}
