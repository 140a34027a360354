import { gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { clusterOf } from '../cluster-of';
import { partyText, pathText, sayersText } from '../call-words';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const uncountedLimit = rule({
  code: 'MESH345',
  level: 'warning',
  title: 'limit at a gateway by a path that only comes of its rewrite',

  check(model, report) {
    for (const limit of model.limits) {
      const { owner, said, seen } = limit;
      if (owner.kind !== 'gateway' || hasOtherRoutes(model, owner)) continue;
      report({
        on: limit,
        message: `${limit.path} limits requests to ${pathText([said])} at ${partyText(owner)}, which counts before it rewrites: no request comes in with such a path, for ${sayersText(limit.by)} makes it of ${pathText(seen)}`,
        got: `a limit by ${pathText([said])}`,
        fix: `match ${pathText(seen)}, as clients write it`,
      });
    }
  },
});

// What a raw route takes nobody here knows.
function hasOtherRoutes(model: MeshModel, { namespaceName, name }: Party): boolean {
  const routes = gatewayApiRoutes(clusterOf(model)).filter(isRaw);
  return routes.some(({ parents }) => parents.some(({ kind, key }) => kind === 'Gateway' && key === `${namespaceName}/${name}`));
}
