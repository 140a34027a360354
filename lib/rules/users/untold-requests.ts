import { untoldFrom } from '../../model/edge/guarded-requests';
import { asksAtGateway } from '../../model/users/gateway-users';
import { rule } from '../rule';

export const untoldRequests = rule({
  code: 'MESH270',
  level: 'error',
  title: 'requests that a gateway cannot tell from those that need a token',

  check(model, report) {
    for (const exposure of model.exposures) {
      const { gateway, service, host, pathPrefix, users } = exposure;
      const other = asksAtGateway(users) && untoldFrom(exposure, model.exposures);
      if (!other) continue;
      report({
        on: exposure,
        message: `${gateway.name} refuses requests to ${host}${pathPrefix} without a token for ${service.name}, and with them others that are exposed otherwise: a policy tells requests by host, path and method`,
        got: `${host}${other.pathPattern ?? other.pathPrefix} is exposed ${asksAtGateway(other.users) ? 'to other users' : 'without usersAtGateway'} as well`,
        fix: 'say the same usersAtGateway there, give one of the two a path or a host of its own, or say user instead: the proxy of the service asks then',
      });
    }
  },
});
