import { CORE, GATEWAY_API } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type MeshService, tryService } from '../services/services';
import { hasForeignWaypoint } from '../services/waypoints';

/** A route of the Gateway API, of whatever kind. */
export interface GatewayApiRoute {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  /** Whom it binds: Gateways, and Services whose callers follow it. */
  readonly parents: readonly RouteParent[];
}

/** What a reference leads to. */
export interface RouteReference {
  readonly group: string;
  readonly kind: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly port?: number;
}

export interface RouteParent extends RouteReference {
  readonly sectionName?: string;
}

const KINDS = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'] as const;

export const gatewayApiRoutes = perCluster((cluster: Cluster): readonly GatewayApiRoute[] =>
  KINDS.flatMap((kind) => objectsOf(cluster, GATEWAY_API, kind)).map((object) => ({
    object,
    title: titleOf(object),
    namespaceName: namespaceOf(object),
    parents: parentsOf(object),
  })),
);

function parentsOf(object: ManifestObject): RouteParent[] {
  return listOf(specOf(object).parentRefs).flatMap((ref) => {
    const parent = readReference(object, ref, { group: GATEWAY_API, kind: 'Gateway' });
    return parent ? [{ ...parent, sectionName: textOf(ref.sectionName) }] : [];
  });
}

/** Where a route sends requests, and copies of requests. */
export function backendsOf({ object }: Pick<GatewayApiRoute, 'object'>): RouteReference[] {
  const refs = listOf(specOf(object).rules).flatMap((rule) => [
    ...listOf(rule.backendRefs),
    ...listOf(rule.filters).map(({ requestMirror }) => fieldsOf(fieldsOf(requestMirror).backendRef)),
  ]);
  return refs.flatMap((ref) => readReference(object, ref, { group: CORE, kind: 'Service' }) ?? []);
}

/** A reference without a name leads nowhere. */
export function readReference(
  object: ManifestObject,
  ref: Fields,
  defaults: { readonly group: string; readonly kind: string },
): RouteReference | undefined {
  const name = textOf(ref.name);
  if (name === undefined) return undefined;
  return {
    group: textOf(ref.group) ?? defaults.group,
    kind: textOf(ref.kind) ?? defaults.kind,
    key: `${textOf(ref.namespace) ?? namespaceOf(object)}/${name}`,
    port: numberOf(ref.port),
  };
}

const byParent = perCluster((cluster: Cluster): ReadonlyMap<string, readonly GatewayApiRoute[]> => {
  const index = new Map<string, GatewayApiRoute[]>();
  for (const route of gatewayApiRoutes(cluster)) {
    for (const parent of new Set(route.parents.map(({ kind, key }) => `${kind} ${key}`))) addTo(index, parent, route);
  }
  return index;
});

/** The routes that name a Gateway or a Service `namespace/name` as their parent. What stands behind a waypoint of another controller is left to that. */
export function routesUnder(cluster: Cluster, kind: string, key: string): readonly GatewayApiRoute[] {
  const routes = byParent(cluster).get(`${kind} ${key}`) ?? [];
  const service = routes.length > 0 && isServiceKind(kind) ? tryService(cluster, kind, key) : undefined;
  return service && hasForeignWaypoint(cluster, service) ? [] : routes;
}

const isServiceKind = (kind: string): kind is MeshService['kind'] => kind === 'Service' || kind === 'ServiceEntry';
