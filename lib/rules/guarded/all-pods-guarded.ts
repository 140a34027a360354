import { partyText } from '../call-words';
import { rule } from '../rule';

export const allPodsGuarded = rule({
  code: 'MESH506',
  level: 'error',
  title: 'add-on whose labels pick all pods of its namespace',

  check(model, report) {
    for (const party of model.others) {
      if (!party.isGuarded || Object.keys(party.podLabels ?? {}).length > 0) continue;
      report({
        on: party,
        message: `what guards ${partyText(party)} would close all pods of namespace ${party.namespaceName}`,
        got: 'podLabels: {}',
        fix: 'give the labels of its pods alone, or leave podLabels out for the usual ones',
      });
    }
  },
});
