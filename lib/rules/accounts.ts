import type { MeshModel } from '../model/mesh-model';
import { CORE, GATEWAY_API, labelsOf, metadataOf, namespaceOf, objectsOf, specOf, textOf } from './manifest-reader';
import { perModel } from './per-model';

/** How a ServiceAccount is named across namespaces, as in `source.serviceAccounts`. */
export function accountKey(namespaceName: string, name: string): string {
  return `${namespaceName}/${name}`;
}

/** ServiceAccounts that the program makes or names, and those that Kubernetes and istiod make for it. */
export const knownAccounts = perModel((model): ReadonlySet<string> => {
  const known = objectsOf(model, CORE, 'ServiceAccount').map((object) => accountKey(namespaceOf(object), object.name));
  for (const { kind, namespaceName, serviceAccountName } of [...model.services, ...model.others]) {
    if (kind !== 'identity' && serviceAccountName !== undefined) known.push(accountKey(namespaceName, serviceAccountName));
  }
  return new Set([...known, ...gatewayAccounts(model)]);
});

// istiod makes the account of a Gateway: <name>-<class>, or <name> for waypoints.
function gatewayAccounts(model: MeshModel): string[] {
  return objectsOf(model, GATEWAY_API, 'Gateway').flatMap((object) => {
    const own = labelsOf(metadataOf(object).annotations)['gateway.istio.io/service-account'];
    const names = own === undefined ? [object.name, `${object.name}-${textOf(specOf(object).gatewayClassName) ?? ''}`] : [own];
    return names.map((name) => accountKey(namespaceOf(object), name));
  });
}

/** The account of a principal such as `cluster.local/ns/shop/sa/cart`; absent for patterns and for other trust domains. */
export function accountOfPrincipal(model: MeshModel, principal: string): string | undefined {
  const [, trustDomain, namespaceName, name] = /^([^/]*)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
  const isOurs = trustDomain === model.trustDomain || trustDomain === '*' || trustDomain === 'cluster.local';
  return isOurs ? accountKey(namespaceName, name) : undefined;
}
