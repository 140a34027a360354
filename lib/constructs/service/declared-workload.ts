import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { hostOf, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import type { MeshGraph } from '../../graph/mesh-graph';
import type { MtlsFacts } from '../../model/mtls/weakening';
import { hasOwnPods, type PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import type { NetworkRules } from '../../render/network/network-policy';
import { CallSite } from '../../support/call-site';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import type { DataPlane } from '../../values/mesh/data-plane';
import { namespaceOf } from '../namespace/namespace-of';
import { ownWaypointOf, reserveOwnWaypoint } from '../namespace/reserve-waypoint';
import { reserveNetworkPolicy } from '../policies/reserve-network-policy';
import { reservePolicies } from '../policies/reserve-policies';
import { makeWorkloadMtls } from '../policies/workload-mtls';
import { joinApp } from '../tree/join-app';
import { accountOf } from '../workload/adopt-workload';
import { makeAccount } from '../workload/service-account';
import { reserveScope } from '../workload/sidecar-scope';
import { requireOneOwner } from './require-one-owner';

/** Who a workload is, before anybody says what its pods are. */
export interface WorkloadIdentity {
  /** @default - the construct's id */
  readonly name?: string;
  /** Ports of its Service; none for a workload that nobody calls. */
  readonly ports: readonly Port[];
  /** Pod ports besides these that the kubelet probes. */
  readonly probePorts?: readonly number[];
  /** The workload that brings its account along. */
  readonly workload?: ApiObject;
  readonly dataPlane?: DataPlane;
  /** Of its own Service without an address. */
  readonly peersName?: string;
  /** Annotations of its ServiceAccount. */
  readonly accountAnnotations?: Readonly<Record<string, string>>;
  /** Word of its Services for pods near the caller. */
  readonly trafficDistribution?: string;
  readonly serviceScope?: 'LOCAL' | 'GLOBAL';
  /** What its pods ask of callers otherwise than their namespace. */
  readonly mtls?: MtlsFacts;
  readonly forwardIdentity?: boolean;
  /** In ambient mode a waypoint stands before it alone. */
  readonly ownWaypoint?: boolean;
  /**
   * Labels that pick its pods.
   * @default - `app` alone
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Of machines: blocks of addresses where they are. */
  readonly addresses?: readonly string[];
  /** The same: networks that are said of some. */
  readonly networks?: readonly string[];
}

/** A workload in the graph of calls. */
export interface DeclaredWorkload {
  readonly graph: MeshGraph;
  readonly party: PartyFacts;
  readonly account: kplus.IServiceAccount;
  readonly mtls?: MtlsFacts;
}

/** The first half of every workload: who it is. Its ServiceAccount is made here; its pods, its Service and its routes are its construct's. */
export function declareWorkload(scope: Construct, identity: WorkloadIdentity): DeclaredWorkload {
  const graph = joinApp(scope);
  const facts = factsOf(scope, graph, namespaceOf(scope, identity.dataPlane), identity);
  requireOneOwner(scope, graph, facts);
  const party = graph.addParty(setParty(scope, facts));
  const isForeign = identity.workload !== undefined && accountOf(scope, identity.workload) !== undefined;
  return { graph, party, account: makeAccount(scope, party, isForeign, identity.accountAnnotations), mtls: identity.mtls };
}

/** The second half: what its calls need, in both layers, at whichever end it is. */
export function connectWorkload(scope: Construct, { graph, party, mtls }: DeclaredWorkload, always?: NetworkRules): void {
  makeWorkloadMtls(scope, graph, party, mtls);
  reservePolicies(scope, party);
  // No NetworkPolicy picks a machine.
  if (hasOwnPods(party)) reserveNetworkPolicy(scope, party, () => (always ? [always] : []));
  reserveScope(scope, party);
  reserveOwnWaypoint(scope, party);
}

function factsOf(scope: Construct, graph: MeshGraph, namespaceName: string, identity: WorkloadIdentity): PartyFacts {
  const { ports, probePorts = [], workload, trafficDistribution, forwardIdentity, ownWaypoint, peersName, addresses, networks } = identity;
  const { serviceScope: scopeOfPods } = identity;
  const isCalled = ports.length > 0;
  const name = requireName(scope, isCalled ? 'service name' : 'workload name', identity.name ?? scope.node.id);
  const serviceAccountName = (workload && accountOf(scope, workload)) ?? name;
  return {
    kind: isCalled ? 'service' : 'workload',
    key: freeKey(scope, graph, isCalled ? 'service' : 'workload', `${namespaceName}/${name}`),
    path: scope.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    owned: true,
    ports,
    host: isCalled ? hostOf(graph.useSettings(), namespaceName, name) : undefined,
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    serviceAccountName,
    podLabels: Object.freeze(identity.podLabels ?? { app: name }),
    probePorts,
    ...(addresses && { addresses, networks }),
    ...(peersName === undefined ? {} : { peersName }),
    ...(trafficDistribution === undefined ? {} : { trafficDistribution }),
    ...(scopeOfPods === undefined ? {} : { scope: scopeOfPods }),
    ...(forwardIdentity ? { forwardsIdentity: true } : {}),
    ...(ownWaypoint ? { ownWaypoint: ownWaypointOf(scope, graph, namespaceName, name) } : {}),
  };
}

// A service and a worker of one name would be one account, and one label of pods.
function freeKey(scope: Construct, graph: MeshGraph, kind: 'service' | 'workload', name: string): string {
  const other = graph.parties.get(`service:${name}`) ?? graph.parties.get(`workload:${name}`);
  if (!other) return `${kind}:${name}`;
  throw new MeshError({
    code: 'MESH020',
    at: scope,
    what: 'a service name is used once in a namespace',
    got: `${other.name}, which ${other.path} has already`,
    fix: 'give one of them another name',
  });
}
