import { Construct } from 'constructs';
import { principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import type { MeshGraph } from '../../graph/mesh-graph';
import { gatewayObjectName, INGRESS_CLASS } from '../../istio/gateway-classes';
import type { ForeignFacts, PartyFacts } from '../../model/party';
import { gatewayPods } from '../../planes/peers';
import { CallSite } from '../../support/call-site';
import { MeshError } from '../../support/mesh-error';
import { requireAccountName, requireName, requireNamespaceName } from '../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { IMeshNamespace } from '../namespace/i-mesh-namespace';
import type { IMeshedService } from '../service/i-meshed-service';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { delegateListeners } from './listeners/delegate';
import type { DelegateOptions } from './listeners/delegate-options';
import type { IDelegatedListeners } from './listeners/i-delegated-listeners';
import { exposeService } from './expose';
import type { ExposeOptions } from './expose-options';
import type { IIngressGateway } from './i-ingress-gateway';

/** What is known of a gateway that another program makes. */
export interface IngressGatewayAttributes {
  /** Namespace that it runs in. */
  readonly namespaceName: string;

  /**
   * Name of the Gateway, of the Gateway API.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Name of the listener that routes attach to.
   * @default - every listener of the Gateway that lets them
   */
  readonly listener?: string;

  /**
   * ServiceAccount of its pods.
   * @default - <name>-istio, which Istio makes
   */
  readonly serviceAccountName?: string;

  /**
   * Labels of its pods, to narrow NetworkPolicies.
   * @default - gateway.networking.k8s.io/gateway-name: <name>, which Istio sets
   */
  readonly podLabels?: { [key: string]: string };
}

/** A gateway of another program: services are exposed through it, and it has no objects here. */
export class ImportedGateway extends Construct implements IIngressGateway {
  readonly gatewayName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  private readonly listener?: string;

  constructor(scope: Construct, id: string, attributes: IngressGatewayAttributes) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    requireOptions(this, attributes, INGRESS_GATEWAY_ATTRIBUTES);
    const { listener, podLabels } = attributes;
    this.gatewayName = requireName(this, 'gateway name', attributes.name ?? id);
    this.namespaceName = requireNamespaceName(this, attributes.namespaceName);
    this.serviceAccountName = requireAccountName(this, attributes.serviceAccountName ?? gatewayObjectName(this.gatewayName, INGRESS_CLASS));
    this.listener = listener === undefined ? undefined : requireName(this, 'name of a listener', listener);
    const party = setParty(this, factsOf(this, graph, podLabels ?? gatewayPods(this.gatewayName)));
    requireOneGateway(this, graph, party);
    graph.addParty(party);
  }

  expose(service: IMeshedService, options: ExposeOptions): void {
    exposeService(this, service, options, { listener: this.listener });
  }

  delegateHosts(tenant: IMeshNamespace, options: DelegateOptions): IDelegatedListeners {
    return delegateListeners(this, tenant, options);
  }
}

const INGRESS_GATEWAY_ATTRIBUTES = struct<IngressGatewayAttributes>({
  namespaceName: TEXT,
  name: optional(TEXT),
  listener: optional(TEXT),
  serviceAccountName: optional(TEXT),
  podLabels: optional(mapOf(TEXT)),
});

function factsOf(at: ImportedGateway, graph: MeshGraph, podLabels: NonNullable<ForeignFacts['podLabels']>): ForeignFacts {
  const { gatewayName: name, namespaceName, serviceAccountName } = at;
  return {
    kind: 'gateway',
    key: `imported-gateway:${namespaceName}/${name}:${at.node.path}`,
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    namespace: { name: namespaceName, mode: 'unknown', zeroTrust: false, owned: false, enrolled: true },
    isGuess: true,
    owned: false,
    ports: [],
    serviceAccountName,
    principal: principalOf(graph.useSettings(), namespaceName, serviceAccountName),
    podLabels: Object.freeze({ ...podLabels }),
  };
}

/** Refuses to take one gateway for two: what is exposed through the second would miss the first one's listener and its way out. */
export function requireOneGateway(at: Construct, graph: MeshGraph, { name, namespaceName, owned }: PartyFacts): void {
  const isSame = (other: PartyFacts): boolean => other.kind === 'gateway' && other.name === name && other.owned !== owned;
  const other = graph.partiesIn(namespaceName).find(isSame);
  if (!other) return;
  throw new MeshError({
    code: 'MESH084',
    at,
    what: `gateway ${namespaceName}/${name} is either made by this program or by another one`,
    got: `the same gateway at ${other.path}`,
    fix: 'pass the IngressGateway instead of IngressGateway.fromAttributes',
  });
}
