import { ANNOTATIONS } from '../../istio/annotations';
import type { Cure } from '../../model/finding';
import { certainlyMeant, nearestOf } from '../../support/options/nearest';
import { rule } from '../rule';
import { rawAnnotations, type WrittenAnnotation } from './written/annotations-in';

export const unreadAnnotation = rule({
  code: 'MESH147',
  level: 'warning',
  title: 'annotation that Istio does not read',

  check(model, report) {
    for (const written of rawAnnotations(model)) {
      const wrong = ANNOTATIONS[written.name] ? misplaced(written) : unknown(written);
      if (wrong) report({ on: written.object, field: written.field, got: written.name, ...wrong });
    }
  },
});

interface Wrong {
  readonly message: string;
  readonly fix: string;
  readonly cures?: readonly Cure[];
}

function unknown({ title, name, kind, field }: WrittenAnnotation): Wrong {
  const meant = nearestOf(name, Object.keys(ANNOTATIONS));
  const certain = certainlyMeant(name, Object.keys(ANNOTATIONS)) ?? '';
  const isRead = (ANNOTATIONS[certain]?.kinds ?? [kind]).includes(kind) && certain !== '';
  return {
    cures: isRead ? [{ field, kind: 'rename', was: name, to: certain }] : [],
    message: `${title} has the annotation ${name}, which Istio does not know`,
    fix: meant === undefined ? 'remove it' : `did you mean ${meant}?`,
  };
}

function misplaced({ title, kind, name }: WrittenAnnotation): Wrong | undefined {
  const { kinds } = ANNOTATIONS[name];
  if (!kinds || kinds.includes(kind)) return undefined;
  const isForPods = kinds.includes('Pod');
  return {
    message: `${title} has the annotation ${name}, which Istio reads on a ${kinds.join(', ')} only`,
    fix: isForPods ? 'write it in spec.template.metadata.annotations of what makes the pods' : `write it on the ${kinds.join(' or ')}`,
  };
}
