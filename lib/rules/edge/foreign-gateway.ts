import type { ExposureModel, MeshModel } from '../../model/mesh-model';
import { egressText, partyText } from '../call-words';
import { rule } from '../rule';

export const foreignGateway = rule({
  code: 'MESH403',
  level: 'info',
  title: 'the owner of the gateway must let the route attach',

  check(model, report) {
    for (const exposure of model.exposures.filter(({ gateway }) => !gateway.owned)) {
      const needed = [...attaching(exposure), ...wayOut(model, exposure)];
      if (needed.length > 0) report({ on: exposure, message: messageOf(exposure), fix: `at the other end: ${needed.join('; ')}` });
    }
  },
});

// A Gateway of Istio may be this program's own, on pods of somebody else.
function messageOf({ gateway, service, routeName, listener, istioGateway, redirect }: ExposureModel): string {
  if (istioGateway && listener !== undefined)
    return `the pods of ${partyText(gateway)} are made elsewhere, so only its Gateways${redirect ? ' and' : ','} the route to ${service.name}${redirect ? '' : ' and the grant'} are written here`;
  return `${partyText(gateway)} is made elsewhere, so only the route ${service.namespaceName}/${routeName} to ${service.name}${redirect ? ' is' : ' and its grant are'} written here`;
}

function attaching({ gateway, service: { namespaceName }, listener, istioGateway }: ExposureModel): string[] {
  if (istioGateway)
    return listener === undefined
      ? [
          `let VirtualServices of namespace ${namespaceName} bind to Gateway ${istioGateway.namespaceName}/${istioGateway.name} (IngressGateway has routesFrom for it)`,
        ]
      : [];
  const where = listener === undefined ? 'a listener' : `listener ${listener}`;
  return [`let routes of namespace ${namespaceName} attach to ${where} of ${gateway.name} (IngressGateway has routesFrom for it)`];
}

function wayOut({ calls }: MeshModel, { gateway, service, redirect }: ExposureModel): string[] {
  if (redirect) return [];
  const call = calls.find(({ caller, callee, action }) => caller.key === gateway.key && callee.key === service.key && action === 'ALLOW');
  return call ? call.hops.slice(0, 1).map(egressText) : [];
}
