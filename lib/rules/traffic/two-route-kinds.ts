import { NETWORKING } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { routesUnder } from '../../cluster/routes/gateway-api-routes';
import { meshVirtualServices } from '../../cluster/routes/virtual-services';
import { serviceNameOf } from '../../cluster/services/hosts';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { ROUTES } from '../comparison';
import { rule } from '../rule';

export const twoRouteKinds = rule({
  code: 'MESH304',
  level: 'error',
  title: 'VirtualService and Gateway API route for the same Service',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`, ...ROUTES], fields: ['spec hosts', 'spec parentRefs name'], pairs: true }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const [host, virtualServices] of meshVirtualServices(cluster)) {
      const name = serviceNameOf(cluster, host);
      const rivals = name ? routesUnder(cluster, 'Service', `${name.namespaceName}/${name.name}`) : [];
      if (rivals.length === 0) continue;
      const [first, ...others] = byOwner([...virtualServices, ...rivals].map(({ object }) => object));
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
