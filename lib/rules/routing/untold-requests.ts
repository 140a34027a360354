import { sayersText } from '../call-words';
import { rule } from '../rule';

export const untoldRequests = rule({
  code: 'MESH339',
  level: 'warning',
  title: 'requests that two constructs are about, and get what one of them says alone',

  check(model, report) {
    for (const { service, untold = [] } of model.routes) {
      for (const { said, first, second } of untold) {
        report({
          on: second,
          message: `${sayersText([first, second])} shape the traffic of ${service.name} by matches that no route can ask for at once: requests that have both get what ${first.path} says, and nothing of ${second.path}`,
          got: said,
          fix: 'match by another header in one of the two, say both in one RequestRouting in the order in which they shall hold, or acknowledge this where no request has both',
        });
      }
    }
  },
});
