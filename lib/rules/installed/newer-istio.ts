import { nameOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { faultOf, newerThanIstio } from './versions/newer';

export const newerIstio = rule({
  code: 'MESH600',
  level: 'error',
  title: 'object that needs a newer Istio than the mesh has',

  check(model, report) {
    for (const use of newerThanIstio(model).filter(({ first }) => !first.isRepair)) {
      const { version } = use.first;
      report({
        on: use.object,
        field: use.field,
        message: `${nameOf(use.object)} needs Istio ${version}, and the mesh has ${model.istioVersion}: before, ${faultOf(use)}`,
        got: `Istio ${model.istioVersion}`,
        fix: `install Istio ${version} or later, and say so with istioVersion of Mesh; or leave out what asks for it`,
      });
    }
  },
});
