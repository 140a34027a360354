import { nameOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { cureOf, olderVersions } from './versions/older-versions';

export const oldVersion = rule({
  code: 'MESH293',
  level: 'info',
  title: 'object in an old version of its kind',

  check(model, report) {
    for (const older of olderVersions(model).filter(({ isExperiment }) => !isExperiment)) {
      report({
        on: older.object,
        field: ['apiVersion'],
        message: `${nameOf(older.object)} is written in an old version of its kind, which clusters still take and a later one may not`,
        got: `apiVersion: ${older.object.apiVersion}`,
        fix: `write ${older.apiVersion}; nothing else changes`,
        cures: [cureOf(older)],
      });
    }
  },
});
