import type { MeshModel, NamespaceModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { rule } from '../rule';
import { stageText } from './told/last-stage';

export const stagesAhead = rule({
  code: 'MESH135',
  level: 'info',
  title: 'stages of a migration',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const { name, migration, lastWave = 0 } = namespace;
      if (!migration) continue;
      report({
        on: namespace,
        message: `namespace ${name} moves from sidecars to ambient in this order: ${orderOf(model, namespace)}`,
        got: stageText(migration),
        fix:
          migration.wave < lastWave
            ? `when all pods have restarted, go on with ${stageText({ wave: migration.wave + 1 })}`
            : 'when all pods have restarted, leave migration out',
      });
    }
  },
});

function orderOf(model: MeshModel, { name }: NamespaceModel): string {
  const moving = [...model.services, ...model.others].filter((party) => party.namespaceName === name && party.wave !== undefined);
  const waves = groupedBy(moving, waveOf);
  const text = (wave: number): string => `${stageText({ wave })} ${namesOf(waves.get(wave)!)}`;
  return (
    [...waves.keys()]
      .sort((a, b) => a - b)
      .map(text)
      .join('; ') || 'nothing of this program has pods there'
  );
}

const waveOf = ({ wave = 0 }: Party): number => wave;

function namesOf(parties: readonly Party[]): string {
  return parties
    .map(({ name }) => name)
    .sort()
    .join(', ');
}
