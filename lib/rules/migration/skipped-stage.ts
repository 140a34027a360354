import type { LastNamespace, NamespaceModel } from '../../model/mesh-model';
import { isAmbient } from '../planes';
import { rule } from '../rule';
import { lastStageOf, stageText } from './told/last-stage';

export const skippedStage = rule({
  code: 'MESH137',
  level: 'warning',
  title: 'skipped stage of a migration',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const last = lastStageOf(model, namespace)?.namespace;
      if (!last) continue;
      const waves = namespace.lastWave ?? last.lastWave ?? 0;
      const [from, to] = [last, namespace].map((one) => placeOf(one, waves));
      if (Math.abs(from - to) < 2) continue;
      report({
        on: namespace,
        message: `namespace ${namespace.name} skips a stage of its migration: calls between its services may be refused until all their pods have restarted`,
        got: `${wordOf(last)} at the last synth, and now ${wordOf(namespace)}`,
        fix: `go by way of ${from < to ? stageText({ wave: from + 1 }) : stageText({ wave: from - 1 })}`,
      });
    }
  },
});

type Stage = Pick<LastNamespace & NamespaceModel, 'mode' | 'migration'>;

/** Where a stage is on the way: sidecars alone, both planes wave by wave, ambient alone. */
function placeOf({ mode, migration }: Stage, waves: number): number {
  if (migration) return Math.min(migration.wave, waves);
  return isAmbient({ mode }) ? waves + 1 : -1;
}

function wordOf({ mode, migration }: Stage): string {
  return migration ? stageText(migration) : `${mode} mode alone`;
}
