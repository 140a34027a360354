import { nameOf } from '../../cluster/objects/manifest-object';
import { type PodTemplate, podTemplates } from '../../cluster/workloads/pod-templates';
import { oddityOf } from '../../support/bounds/annotation-value';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const writtenAnnotation = rule({
  code: 'MESH143',
  level: 'error',
  title: 'annotation of pods that writes more than its value',

  check(model, report) {
    for (const { object, key, odd } of podTemplates(clusterOf(model)).flatMap(odditiesOf)) {
      report({
        on: object,
        message: `${nameOf(object)} has pods with the annotation ${key}, in which stands ${odd}: before 1.31.1 Istio writes it into the template of the proxy as it is, and so it may write other fields`,
        got: key,
        fix: 'leave that out of the value',
      });
    }
  },
});

function odditiesOf({ object, annotations }: PodTemplate) {
  return Object.entries(annotations).flatMap(([key, value]) => {
    const odd = oddityOf(key, value);
    return odd === undefined ? [] : [{ object, key, odd }];
  });
}
