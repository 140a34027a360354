import type { Cluster } from '../../cluster/cluster';
import { type ClosedPath, loopholesFix, loopholesIn, loopholesText } from '../../inquiry/loopholes';
import { doorOf } from '../../inquiry/open-ports';
import type { PathTrick } from '../../inquiry/path-tricks';
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
      const open = loopholesIn(closedBy(cluster, exposure, users, model.exposures));
      if (open.length === 0) continue;
      report({
        on: exposure,
        message: `${exposure.gateway.name} asks for a token at ${host}${exposure.pathPrefix}, and other ways of writing paths reach ${service.name} without one, which some servers take for the same`,
        got: loopholesText(open),
        fix: `ask for the token under a host of its own or at all paths but those that are for everybody; ${loopholesFix(open)}`,
      });
    }
  },
});

/** Paths that want a token, on the way to the pods that have it with one. */
function closedBy(cluster: Cluster, exposure: ExposureModel, users: GatewayUsers, all: readonly ExposureModel[]): ClosedPath[] {
  const key = doorOf(exposure);
  if (!tryGatewayPod(cluster, key)) return [];
  const at = { from: { gateway: key }, to: { host: exposure.host, port: users.listenerPort } };
  const token = tokenOf({ user: users.anyOf[0] });
  return regionsOf(exposure).map((region) => {
    const request: Request = { ...at, method: region.method, path: region.path };
    const ends = new Set(decideAll(cluster, { ...request, token }).flatMap(({ workload }) => workload ?? []));
    const passes = (path: string): boolean => {
      const { allowed, workload } = decide(cluster, { ...request, path });
      return allowed && workload !== undefined && ends.has(workload);
    };
    return { path: region.path, passes, more: upAndOut(pathsSetApart(region, exposure, all)) };
  });
}

/** From paths that everybody may have. */
function upAndOut(apart: readonly string[]): PathTrick[] {
  return apart.map((open) => ({ name: 'slashes written as %2F', path: `${open}/..%2Felsewhere` }));
}
