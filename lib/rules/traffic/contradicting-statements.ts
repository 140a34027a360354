import type { Declared } from '../../model/declared';
import { rule } from '../rule';

export const contradictingStatements = rule({
  code: 'MESH314',
  level: 'error',
  title: 'two statements about the traffic of one service contradict each other',

  check(model, report) {
    for (const { service, conflicts } of model.routes) {
      for (const { what, said, first, second } of conflicts) {
        report({
          on: second,
          message: `${placeOf(first)} and ${placeOf(second)} shape the traffic of ${service.name}, and ${what}`,
          got: said,
          fix: 'change one of the two, or finish one release before the next begins',
        });
      }
    }
  },
});

function placeOf({ path, site }: Declared): string {
  return site?.line === undefined ? path : `${path} (${site.line})`;
}
