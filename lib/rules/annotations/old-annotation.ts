import { ANNOTATIONS } from '../../istio/annotations';
import { INJECT } from '../../istio/labels';
import { rule } from '../rule';
import { rawAnnotations } from './written/annotations-in';

export const oldAnnotation = rule({
  code: 'MESH149',
  level: 'info',
  title: 'annotation that Istio no longer wants',

  check(model, report) {
    for (const { object, title, name, value, labels, field } of rawAnnotations(model)) {
      const instead = ANNOTATIONS[name]?.instead;
      // Who has both words knows what they do.
      if (instead === undefined || (name === INJECT && INJECT in labels)) continue;
      report({
        on: object,
        field,
        message: `${title} has the annotation ${name}, which is deprecated`,
        got: `${name}: ${value}`,
        fix: `write ${instead}`,
      });
    }
  },
});
