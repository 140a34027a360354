import { CORE, GATEWAY_API } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { namespaceOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { mayName } from '../../cluster/routes/reference-grants';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { fieldPaths, ROUTE_REFERENCES, ROUTES } from '../comparison';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

const GATEWAY = `${GATEWAY_API}/Gateway`;

export const ungrantedReference = rule({
  code: 'MESH228',
  level: 'error',
  title: 'reference to another namespace that no ReferenceGrant allows',
  compares: [
    { kinds: ROUTES, fields: ROUTE_REFERENCES, made: false },
    { kinds: [GATEWAY], fields: fieldPaths(['spec listeners tls certificateRefs'], ['name', 'namespace']), made: false },
    { kinds: [`${GATEWAY_API}/ReferenceGrant`], fields: ['spec from', 'spec to'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const owned = ownedNamespaces(model);
    for (const { object, kind, namespaceName, name, harm } of referencesOf(cluster)) {
      const home = namespaceOf(object);
      // Of a namespace that somebody else makes, nobody here knows what it grants.
      if (object.made || !owned.has(namespaceName)) continue;
      if (mayName(cluster, { kind: object.kind, namespaceName: home }, { kind, namespaceName, name })) continue;
      report({
        on: object,
        message: `${nameOf(object)} names ${kind} ${namespaceName}/${name}, and no ReferenceGrant of namespace ${namespaceName} lets it: ${harm}`,
        got: `${kind} ${namespaceName}/${name}`,
        fix: `declare a ReferenceGrant in ${namespaceName}, from ${object.kind} of ${home} to ${kind} ${name}; or move one of the two`,
      });
    }
  },
});

interface Reference {
  readonly object: ManifestObject;
  readonly kind: string;
  readonly namespaceName: string;
  readonly name: string;
  readonly harm: string;
}

function referencesOf(cluster: Cluster): Reference[] {
  // Istio asks for no grant where a route is for callers inside the mesh alone.
  const routes = gatewayApiRoutes(cluster).filter(({ parents }) => parents.some(({ kind }) => kind === 'Gateway'));
  const backends = routes.flatMap((route) => {
    const services = backendsOf(route).filter(({ group, kind }) => group === CORE && kind === 'Service');
    const harm = 'its requests through a gateway are answered with 500';
    return [...new Set(services.map(({ key }) => key))].map((key) => referenceTo(route.object, 'Service', key, harm));
  });
  return [...backends, ...objectsOf(cluster, GATEWAY_API, 'Gateway').flatMap(certificatesOf)];
}

function certificatesOf(object: ManifestObject): Reference[] {
  const refs = listOf(specOf(object).listeners).flatMap((listener) => listOf(valueAt(listener, 'tls', 'certificateRefs')));
  const keys = refs.map(({ namespace, name }) => `${textOf(namespace) ?? namespaceOf(object)}/${textOf(name) ?? ''}`);
  return [...new Set(keys)].map((key) => referenceTo(object, 'Secret', key, 'its listener takes no connection'));
}

function referenceTo(object: ManifestObject, kind: string, key: string, harm: string): Reference {
  const [namespaceName, name] = key.split('/');
  return { object, kind, namespaceName, name, harm };
}
