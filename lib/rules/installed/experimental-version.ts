import { nameOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { cureOf, olderVersions } from './versions/older-versions';

export const experimentalVersion = rule({
  code: 'MESH294',
  level: 'warning',
  title: 'route or policy in a version that the standard Gateway API no longer serves',

  check(model, report) {
    for (const older of olderVersions(model).filter(({ isExperiment }) => isExperiment)) {
      report({
        on: older.object,
        field: ['apiVersion'],
        message: `${nameOf(older.object)} is written in a version that the Gateway API serves among its experiments alone: other clusters refuse it`,
        got: `apiVersion: ${older.object.apiVersion}`,
        fix: `write ${older.apiVersion}, which Istio 1.31 reads; nothing else changes`,
        cures: [cureOf(older)],
      });
    }
  },
});
