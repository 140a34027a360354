import { nameOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { faultOf, newerThanIstio } from './versions/newer';

export const faultyIstio = rule({
  code: 'MESH601',
  level: 'warning',
  title: 'object that the Istio of the mesh does something wrong with',

  check(model, report) {
    for (const use of newerThanIstio(model).filter(({ first }) => first.isRepair)) {
      const mended = [...(use.first.alsoIn ?? []), use.first.version].join(', ');
      report({
        on: use.object,
        field: use.field,
        message: `the mesh has Istio ${model.istioVersion}, which takes ${nameOf(use.object)} and has a fault: ${faultOf(use)}`,
        got: `Istio ${model.istioVersion}; mended in ${mended}`,
        fix: `install Istio ${use.first.version} or later, or a patch that has the repair, and say so with istioVersion of Mesh`,
      });
    }
  },
});
