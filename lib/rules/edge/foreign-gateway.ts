import type { ExposureModel, MeshModel } from '../../model/mesh-model';
import { egressText, partyText } from '../call-words';
import { rule } from '../rule';

export const foreignGateway = rule({
  code: 'MESH403',
  level: 'info',
  title: 'the owner of the gateway must let the route attach',

  check(model, report) {
    for (const exposure of model.exposures.filter(({ gateway }) => !gateway.owned)) {
      const { gateway, service, routeName, listener } = exposure;
      const { namespaceName } = service;
      const attaching = `let routes of namespace ${namespaceName} attach to ${listener === undefined ? 'a listener' : `listener ${listener}`} of ${gateway.name} (IngressGateway has routesFrom for it)`;
      report({
        on: exposure,
        message: `${partyText(gateway)} is made elsewhere, so only the route ${namespaceName}/${routeName} to ${service.name} and its grant are written here`,
        fix: `at the other end: ${[attaching, ...wayOut(model, exposure)].join('; ')}`,
      });
    }
  },
});

function wayOut({ calls }: MeshModel, { gateway, service }: ExposureModel): string[] {
  const call = calls.find(({ caller, callee, action }) => caller.key === gateway.key && callee.key === service.key && action === 'ALLOW');
  return call ? call.hops.slice(0, 1).map(egressText) : [];
}
