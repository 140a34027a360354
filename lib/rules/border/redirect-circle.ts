import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { circlesOf } from '../../inquiry/circles';
import { titleOf } from '../../cluster/objects/manifest-object';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const redirectCircle = rule({
  code: 'MESH436',
  level: 'error',
  title: 'redirect that leads in a circle',
  compares: [
    { kinds: [`${GATEWAY_API}/HTTPRoute`], fields: ['spec hostnames', 'spec rules filters requestRedirect'], together: true },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec http redirect'], together: true },
  ],

  check(model, report) {
    for (const { object, from, status, to } of circlesOf(clusterOf(model))) {
      report({
        on: object,
        message: `${titleOf(object)} sends clients of ${from} to ${to} (${status}), and there they are redirected again, without end`,
        got: to,
        fix: 'redirect to a host, scheme or path that another route takes; for a redirect to HTTPS bind the route to the listener for plain HTTP alone (parentRefs.sectionName)',
      });
    }
  },
});
