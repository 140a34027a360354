import { rule } from '../rule';
import { lastStageOf } from './told/last-stage';
import { command, leftBehind, listed } from './told/left-behind';

export const leftByMigration = rule({
  code: 'MESH136',
  level: 'warning',
  title: 'objects of an earlier stage of a migration',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const { name } = namespace;
      const last = lastStageOf(model, namespace);
      const left = last ? leftBehind(model, name, last.objects) : [];
      if (left.length === 0) continue;
      report({
        on: namespace,
        message: `namespace ${name} is at another stage of its migration than at the last synth, and to apply these manifests removes nothing: what the stage no longer has is still obeyed`,
        got: `left behind in the cluster: ${listed(left)}`,
        fix: ['apply the manifests, and wait until all pods have restarted', ...command('delete', name, left)].join('; then '),
      });
    }
  },
});
