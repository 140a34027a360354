import type { Cluster } from '../../cluster/cluster';
import { type PathTrick, pathTricks } from '../../inquiry/path-tricks';
import { tokenOf } from '../../inquiry/shut-calls';
import { pathsSetApart, regionsOf } from '../../model/edge/guarded-requests';
import type { ExposureModel } from '../../model/mesh-model';
import { asksAtGateway, type GatewayUsers } from '../../model/users/gateway-users';
import { decide, decideAll } from '../../verdict/decide';
import { tryGatewayPod } from '../../verdict/requests/callers';
import type { Request } from '../../verdict/requests/request';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const tokenByPath = rule({
  code: 'MESH271',
  level: 'warning',
  title: 'a token that other ways of writing the path make needless',

  check(model, report) {
    const cluster = clusterOf(model);
    for (const exposure of model.exposures) {
      const { users, service, host } = exposure;
      if (!asksAtGateway(users)) continue;
      const open = openIn(cluster, exposure, users, model.exposures);
      if (open.length === 0) continue;
      report({
        on: exposure,
        message: `${exposure.gateway.name} asks for a token at ${host}${exposure.pathPrefix}, and other ways of writing paths reach ${service.name} without one, which some servers take for the same`,
        got: open.map(({ name, path }) => `${name}: ${path}`).join(', '),
        fix: 'ask for the token under a host of its own or at all paths but those that are for everybody; have the mesh put paths in order, and say so with Mesh({ pathNormalization }); or acknowledge this where the server takes none of these for the same path',
      });
    }
  },
});

/** Ways of writing that lead to the same pods. */
function openIn(cluster: Cluster, exposure: ExposureModel, users: GatewayUsers, all: readonly ExposureModel[]): PathTrick[] {
  const { gateway, istioGateway = gateway, host } = exposure;
  const key = `${istioGateway.namespaceName}/${istioGateway.name}`;
  if (!tryGatewayPod(cluster, key)) return [];
  const at = { from: { gateway: key }, to: { host, port: users.listenerPort } };
  const token = tokenOf({ user: users.anyOf[0] });
  const found = regionsOf(exposure).flatMap((region): PathTrick[] => {
    const request: Request = { ...at, method: region.method, path: region.path };
    const ends = new Set(decideAll(cluster, { ...request, token }).flatMap(({ workload }) => workload ?? []));
    const passes = ({ path }: PathTrick): boolean => {
      const { allowed, workload } = decide(cluster, { ...request, path });
      return allowed && workload !== undefined && ends.has(workload);
    };
    return decide(cluster, request).allowed ? [] : tricksOf(region.path, pathsSetApart(region, exposure, all)).filter(passes);
  });
  return [...new Map(found.map((trick) => [trick.path, trick])).values()];
}

/** From a path that everybody may have, up and out. */
function tricksOf(path: string, apart: readonly string[]): PathTrick[] {
  const out = apart.map((open) => ({ name: 'slashes written as %2F', path: `${open}/..%2Felsewhere` }));
  return [...(path === '/' ? [] : pathTricks(path)), ...out];
}
