import type { IConstruct } from 'constructs';
import type { ForeignFacts, PartyFacts } from '../model/party';
import { MeshError } from '../support/mesh-error';
import type { ServiceIdentity } from '../values/access/service-identity';
import type { MeshGraph } from './mesh-graph';
import { type MeshSettings, principalOf } from './mesh-settings';

/** A caller known by its ServiceAccount alone. Its namespace may still be declared later, and then that goes before what is said here. */
export function identityParty(at: IConstruct, identity: ServiceIdentity, graph: MeshGraph): PartyFacts {
  const { namespaceName, serviceAccountName, dataPlane, podLabels } = identity;
  const cluster = otherCluster(at, graph.settings, identity.cluster);
  const told = `${dataPlane?._facts.mode ?? ''}:${JSON.stringify(podLabels ?? {})}${cluster === undefined ? '' : `:${cluster}`}`;
  const key = `identity:${namespaceName}/${serviceAccountName}:${told}`;
  const known = graph.parties.get(key);
  if (known) return known;
  const facts: ForeignFacts = {
    kind: 'identity',
    key,
    path: key,
    name: `${namespaceName}/${serviceAccountName}`,
    namespaceName,
    serviceAccountName,
    owned: false,
    ports: [],
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    podLabels,
    namespace: { name: namespaceName, mode: dataPlane?._facts.mode ?? 'unknown', zeroTrust: false, owned: false, enrolled: true },
    // Of pods elsewhere, what is said of them goes before what is declared of their namespace here.
    isGuess: cluster === undefined || dataPlane === undefined,
    ...(cluster !== undefined && { cluster }),
  };
  return graph.addParty(facts);
}

/** Name of a cluster, where it is another one than this. */
function otherCluster(
  at: IConstruct,
  { cluster: here, otherClusters = [] }: MeshSettings,
  cluster: ServiceIdentity['cluster'],
): string | undefined {
  if (!cluster || cluster.clusterName === here?.name) return undefined;
  if (otherClusters.some(({ name }) => name === cluster.clusterName)) return cluster.clusterName;
  throw new MeshError({
    code: 'MESH934',
    at,
    what: 'a caller of another cluster is in one that the mesh names',
    got: `cluster ${cluster.clusterName}, beside ${[here, ...otherClusters].flatMap((one) => one?.name ?? []).join(', ') || 'none'}`,
    fix: 'declare the Mesh before, and name the cluster in its otherClusters',
  });
}
