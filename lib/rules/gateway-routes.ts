import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { hostOf } from './hosts';
import { CORE, type Fields, fieldsOf, GATEWAY_API, listOf, namespaceOf, numberOf, objectsOf, specOf, textOf } from './manifest-reader';
import type { Destination } from './virtual-services';

const KINDS = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'];

/** Every route of the Gateway API. */
export function gatewayRoutesOf(model: MeshModel): readonly ManifestObject[] {
  return KINDS.flatMap((kind) => objectsOf(model, GATEWAY_API, kind));
}

/** Services whose callers a route binds; none for a route of gateways alone. */
export function parentServices(model: MeshModel, object: ManifestObject): Destination[] {
  return servicesIn(model, object, listOf(specOf(object).parentRefs), { group: GATEWAY_API, kind: 'Gateway' });
}

/** Services that a route sends requests to, copies of them as well. */
export function backendServices(model: MeshModel, object: ManifestObject): Destination[] {
  const refs = listOf(specOf(object).rules).flatMap((rule) => [
    ...listOf(rule.backendRefs),
    ...listOf(rule.filters).map(({ requestMirror }) => fieldsOf(fieldsOf(requestMirror).backendRef)),
  ]);
  return servicesIn(model, object, refs, { group: CORE, kind: 'Service' });
}

function servicesIn(
  model: MeshModel,
  object: ManifestObject,
  refs: readonly Fields[],
  defaults: { group: string; kind: string },
): Destination[] {
  return refs.flatMap((ref) => {
    const { group, kind, name, namespace }: Fields = { ...defaults, ...ref };
    if (group !== CORE || kind !== 'Service' || typeof name !== 'string') return [];
    const namespaceName = textOf(namespace) ?? namespaceOf(object);
    return [{ host: hostOf(model, { name, namespaceName }), port: numberOf(ref.port) }];
  });
}
