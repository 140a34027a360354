import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { ROUTES } from '../comparison';
import { gatewayRoutesOf, parentServices } from '../gateway-routes';
import { addTo } from '../../support/grouping';
import { byOwner, nameOf } from '../manifest-reader';
import { rule } from '../rule';
import { meshVirtualServices } from '../virtual-services';

export const twoRouteKinds = rule({
  code: 'MESH304',
  level: 'error',
  title: 'VirtualService and Gateway API route for the same Service',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`, ...ROUTES], fields: ['spec hosts', 'spec parentRefs name'], pairs: true }],

  check(model, report) {
    const routes = routesByService(model);
    for (const [host, virtualServices] of meshVirtualServices(model)) {
      const rivals = routes.get(host);
      if (!rivals) continue;
      const [first, ...others] = byOwner([...virtualServices, ...rivals]);
      const on = others.find(({ kind }) => (kind === 'VirtualService') !== (first.kind === 'VirtualService')) ?? first;
      report({
        on,
        message: `${nameOf(first)} and ${nameOf(on)} both route ${host} inside the mesh; which one a proxy follows is undefined`,
        got: `${first.path} and ${on.path}`,
        fix: first.made
          ? 'remove this one, or choose its API for the service with Routing.istio() or Routing.gatewayApi()'
          : 'write both as routes of one API',
      });
    }
  },
});

function routesByService(model: MeshModel): Map<string, ManifestObject[]> {
  const routes = new Map<string, ManifestObject[]>();
  for (const object of gatewayRoutesOf(model)) {
    for (const host of new Set(parentServices(model, object).map((parent) => parent.host))) addTo(routes, host, object);
  }
  return routes;
}
