import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ANYONE } from '../../graph/anyone';
import { MeshGraph } from '../../graph/mesh-graph';
import { hostOf, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import { recordCall } from '../../graph/record-call';
import { ServiceAccess } from '../../graph/service-access';
import { settledOf } from '../../graph/settle';
import { hasNetworkPolicies } from '../../model/namespace-facts';
import type { ForeignFacts } from '../../model/party';
import { renderGuard, renderGuardNeeds } from '../../render/network/guard-policy';
import { type NetworkRules, renderEnd } from '../../render/network/network-policy';
import { CallSite } from '../../support/call-site';
import type { CallOptions } from '../../values/access/call-options';
import type { ICallee } from '../../values/access/callee';
import type { DataPlane } from '../../values/mesh/data-plane';
import type { MeshPort } from '../../values/workload/mesh-port';
import { requireForeignPorts } from '../../values/workload/require-ports';
import { reserveNetworkPolicy } from '../policies/reserve-network-policy';
import { reservePolicies } from '../policies/reserve-policies';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot } from '../tree/slot';
import type { IMeshedService } from './i-meshed-service';
import { requireOneOwner } from './require-one-owner';

/** A Service of others, as its guard has to know it. */
export interface GuardedServiceProps {
  readonly name: string;
  readonly namespaceName: string;
  /** Further Services over its pods. */
  readonly otherNames: readonly string[];
  readonly serviceAccountName: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly ports: readonly MeshPort[];
  readonly probePorts: readonly number[];
  /** Absent: its pods are not in the mesh. */
  readonly dataPlane?: DataPlane;
  /** Whom its pods connect to besides their calls. */
  readonly egress: NetworkRules['egress'];
}

/**
 * A service whose Deployment and Service somebody else makes, and whose pods this program guards: nobody comes in but who is named. Pods outside the mesh have a
 * NetworkPolicy and nothing else; those in the mesh have policies, and a NetworkPolicy where their namespace is closed.
 */
export class GuardedService extends Construct implements IMeshedService {
  readonly serviceName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string;
  readonly principal: string;
  readonly access: ServiceAccess;
  private readonly party: ForeignFacts;

  constructor(scope: Construct, id: string, props: GuardedServiceProps) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    const settings = graph.useSettings();
    this.serviceName = props.name;
    this.namespaceName = props.namespaceName;
    this.serviceAccountName = props.serviceAccountName;
    this.host = hostOf(settings, props.namespaceName, props.name);
    this.principal = principalOf(settings, props.namespaceName, props.serviceAccountName);
    this.access = ServiceAccess._of(this);
    const facts = factsOf(this, props);
    requireOneOwner(this, graph, facts);
    this.party = graph.addParty(setParty(this, facts));

    if (props.dataPlane) guardInMesh(this, this.party, props);
    else guardOutside(this, this.party, props, graph);
  }

  calls(callee: ICallee, options: CallOptions = {}): void {
    recordCall(this, { caller: this.party, callee, action: 'ALLOW', options });
  }

  /** Lets in everybody on some ports, for a reason that the library gives. */
  letsAnyone(numbers: readonly number[], reason: string): void {
    const { path, site, ports } = this.party;
    const open = ports.filter(({ number }) => numbers.includes(number));
    MeshGraph.of(this).addCall({ caller: ANYONE, callee: this.party, action: 'ALLOW', ports: open, reason, path, site });
  }
}

function factsOf(at: GuardedService, props: GuardedServiceProps): ForeignFacts {
  const { dataPlane, otherNames, probePorts } = props;
  const { serviceName: name, namespaceName, serviceAccountName, principal, host } = at;
  const mode = dataPlane?._facts.mode ?? 'unknown';
  return {
    kind: dataPlane ? 'service' : 'unmeshed',
    key: guardedKey(props),
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    namespace: {
      name: namespaceName,
      mode,
      migration: dataPlane?._facts.migration,
      zeroTrust: false,
      owned: false,
      enrolled: Boolean(dataPlane),
    },
    isGuess: dataPlane !== undefined,
    owned: false,
    isGuarded: true,
    otherNames,
    ports: requireForeignPorts(at, props.ports),
    probePorts,
    host,
    ...(dataPlane && { principal, serviceAccountName }),
    podLabels: Object.freeze({ ...props.podLabels }),
  };
}

/** By which the graph knows it: its place in the cluster. */
export function guardedKey({ namespaceName, name }: Pick<GuardedServiceProps, 'namespaceName' | 'name'>): string {
  return `guarded:${namespaceName}/${name}`;
}

function guardInMesh(at: GuardedService, party: ForeignFacts, { egress }: GuardedServiceProps): void {
  reservePolicies(at, party);
  reserveNetworkPolicy(at, party, () => [renderGuardNeeds(settledOf(at).party(party), egress)]);
}

// No proxy is in these pods: the network layer alone tells who comes, in an open namespace too. What they send it tells where their namespace is closed.
function guardOutside(at: GuardedService, party: ForeignFacts, { egress }: GuardedServiceProps, graph: MeshGraph): void {
  const { key, name, namespaceName, podLabels = {} } = party;
  const spec = lazy(() => {
    const settled = settledOf(at);
    const declared = graph.namespaces.get(namespaceName);
    const rules = renderEnd(key, [...settled.callsTo(party), ...settled.callsFrom(party)]);
    const isClosed = declared !== undefined && hasNetworkPolicies(declared);
    return renderGuard(podLabels, { ingress: rules.ingress, egress: isClosed ? [...rules.egress, ...egress] : [] });
  });
  const metadata = { name, namespace: namespaceName };
  new Slot(at, 'NetworkPolicy', () => [{ id: 'Resource', make: (to, id) => makeObject(to, id, k8s.KubeNetworkPolicy, metadata, spec) }]);
}
