import { groupKindOf, nameOf } from '../../cluster/objects/manifest-object';
import { type FirstVersion, ISTIO_FIRST } from '../../istio/first-versions';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { isBefore } from '../../support/versions/version-order';
import { rule } from '../rule';
import { cureOf, olderVersions } from './versions/older-versions';

export const experimentalVersion = rule({
  code: 'MESH294',
  level: 'warning',
  title: 'route or policy in a version that the standard Gateway API no longer serves',

  check(model, report) {
    for (const older of olderVersions(model).filter(({ isExperiment, object }) => isExperiment && !isRead(model, object))) {
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

/** The mesh's Istio reads the kind in this version alone. */
function isRead({ istioVersion }: MeshModel, object: ManifestObject): boolean {
  const of = ({ kinds, olderApi }: FirstVersion): boolean =>
    kinds.includes(groupKindOf(object)) && object.apiVersion.endsWith(`/${olderApi}`);
  return istioVersion !== undefined && ISTIO_FIRST.some((first) => of(first) && isBefore(istioVersion, first.version));
}
