import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { hasLabels } from '../../cluster/objects/selectors';
import { type IstioGateway, istioGateways } from '../../cluster/routes/istio-gateways';
import { perCluster } from '../../cluster/per-cluster';
import { gatewaysOf } from '../../cluster/workloads/gateways';
import { workloadsAnywhereWith } from '../../cluster/workloads/workloads';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME } from '../comparison';
import { rule } from '../rule';

const SECRET = 'kubernetes://';
const CERT_MANAGER = 'cert-manager.io';

export const certificateElsewhere = rule({
  code: 'MESH430',
  level: 'warning',
  title: 'certificate in another namespace than where it is looked for',
  compares: [
    { kinds: [`${NETWORKING}/Gateway`], fields: ['spec selector', 'spec servers tls credentialName', 'spec servers tls credentialNames'] },
    { kinds: [`${GATEWAY_API}/Gateway`], fields: fieldPaths(['spec listeners tls certificateRefs'], ['name', 'namespace']) },
    { kinds: [`${CORE}/Secret`], fields: NAME, sought: true },
    { kinds: [`${CERT_MANAGER}/Certificate`], fields: ['metadata namespace', 'spec secretName'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const { object, name, places } of lookedFor(cluster)) {
      const there = secretsOf(cluster).get(name) ?? [];
      // Secrets are often made by something else: only one that is there, and nowhere else, is in the wrong place.
      if (there.length === 0 || places.length === 0 || there.some((namespaceName) => places.includes(namespaceName))) continue;
      report({
        on: object,
        message: `${nameOf(object)} shows certificate ${name}, which is looked for in namespace ${places.join(', ')}, and it stands in ${there.join(', ')}`,
        got: `Secret ${there[0]}/${name}`,
        fix: `make the Secret in ${places[0]}, where the pods of the gateway are; one of another namespace takes a listener of the Gateway API and a ReferenceGrant`,
      });
    }
  },
});

interface LookedFor {
  readonly object: ManifestObject;
  readonly name: string;
  /** Namespaces in which it would be found; none where nobody here knows. */
  readonly places: readonly string[];
}

function lookedFor(cluster: Cluster): LookedFor[] {
  const ofIstio = istioGateways(cluster).flatMap((gateway) =>
    [...new Set(gateway.servers.flatMap(({ certificates }) => certificates))].flatMap((said) => placed(cluster, gateway, said) ?? []),
  );
  return [...ofIstio, ...objectsOf(cluster, GATEWAY_API, 'Gateway').flatMap(certificatesOf)];
}

function placed(cluster: Cluster, gateway: IstioGateway, said: string): LookedFor | undefined {
  const plain = said.startsWith(SECRET) ? said.slice(SECRET.length) : said;
  if (plain.includes('://') || plain.includes('/')) return undefined;
  return { object: gateway.object, name: plain, places: homesOf(cluster, gateway) };
}

/** Namespaces of the pods that an Istio Gateway picks: each proxy looks in its own. */
function homesOf(cluster: Cluster, { selector }: IstioGateway): string[] {
  if (isEmpty(selector)) return [];
  const made = gatewaysOf(cluster).filter(({ labels }) => hasLabels(labels, selector));
  const pods = [...workloadsAnywhereWith(cluster, selector), ...made];
  return [...new Set(pods.map(({ namespaceName }) => namespaceName))].sort();
}

function certificatesOf(object: ManifestObject): LookedFor[] {
  const refs = listOf(specOf(object).listeners).flatMap((listener) => listOf(valueAt(listener, 'tls', 'certificateRefs')));
  return refs.flatMap(({ name, namespace, kind }) => {
    const secret = (textOf(kind) ?? 'Secret') === 'Secret' ? textOf(name) : undefined;
    return secret === undefined ? [] : [{ object, name: secret, places: [textOf(namespace) ?? namespaceOf(object)] }];
  });
}

/** Namespaces of the Secrets that the program makes, or has made, by name. */
const secretsOf = perCluster((cluster: Cluster): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const object of objectsOf(cluster, CORE, 'Secret')) addTo(found, object.name, namespaceOf(object));
  for (const object of objectsOf(cluster, CERT_MANAGER, 'Certificate')) {
    addTo(found, textOf(specOf(object).secretName) ?? object.name, namespaceOf(object));
  }
  return found;
});
