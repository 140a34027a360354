import { partyText } from '../call-words';
import { rule } from '../rule';

export const headlessNeedsWaypoint = rule({
  code: 'MESH117',
  level: 'error',
  title: 'headless Service needs a waypoint',

  check(model, report) {
    for (const service of model.services) {
      for (const need of service.vainNeeds) {
        report({
          on: need,
          message: `the Service of ${partyText(service)} has no cluster address, so no waypoint can stand before it, and nothing reads HTTP`,
          got: need.what,
          fix: 'let it keep its address, and write a second, headless Service for callers that need the addresses of pods; or remove what needs HTTP here',
        });
      }
    }
  },
});
