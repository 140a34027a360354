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
import { requireOptions } from '../../support/options/require-options';
import type { IMeshNamespace } from '../namespace/i-mesh-namespace';
import type { IMeshedService } from '../service/i-meshed-service';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { delegateListeners } from './listeners/delegate';
import type { DelegateOptions } from './listeners/delegate-options';
import type { IDelegatedListeners } from './listeners/i-delegated-listeners';
import { type Entry, exposeService } from './expose';
import type { ExposeOptions } from './expose-options';
import type { IIngressGateway } from './i-ingress-gateway';
import { INGRESS_GATEWAY_ATTRIBUTES, type IngressGatewayAttributes } from './ingress-gateway-attributes';
import { importedIstio, importedIstioParty } from './istio/imported-istio';
import { foreignParty } from './istio/istio-party';
import { requireNothingMade } from './istio/require-of-istio';

/** A gateway of another program: services are exposed through it, and it has no objects here. */
export class ImportedGateway extends Construct implements IIngressGateway {
  readonly gatewayName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  private readonly entry: Entry;

  constructor(scope: Construct, id: string, attributes: IngressGatewayAttributes) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    requireOptions(this, attributes, INGRESS_GATEWAY_ATTRIBUTES);
    const { listener, podLabels, istioPods } = attributes;
    this.gatewayName = requireName(this, 'gateway name', attributes.name ?? id);
    const namespaceName = requireNamespaceName(this, attributes.namespaceName);
    const party = setParty(
      this,
      istioPods
        ? importedIstioParty(this, graph, namespaceName, attributes)
        : factsOf(this, graph, namespaceName, { ...attributes, podLabels: podLabels ?? gatewayPods(this.gatewayName) }),
    );
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.entry = {
      listener: listener === undefined ? undefined : requireName(this, 'name of a listener', listener),
      istio: istioPods && importedIstio(this, party, { name: this.gatewayName, namespaceName }),
    };
    requireOneGateway(this, graph, party);
    graph.addParty(party);
  }

  expose(service: IMeshedService, options: ExposeOptions): void {
    exposeService(this, service, options, this.entry);
  }

  delegateHosts(tenant: IMeshNamespace, options: DelegateOptions): IDelegatedListeners {
    if (this.entry.istio) requireNothingMade(this, { delegateHosts: options });
    return delegateListeners(this, tenant, options);
  }
}

function factsOf(at: ImportedGateway, graph: MeshGraph, namespaceName: string, { serviceAccountName, podLabels }: Known): ForeignFacts {
  const { gatewayName: name } = at;
  const account = requireAccountName(at, serviceAccountName ?? gatewayObjectName(name, INGRESS_CLASS));
  return foreignParty({
    kind: 'gateway',
    key: `imported-gateway:${namespaceName}/${name}:${at.node.path}`,
    path: at.node.path,
    site: CallSite.here(),
    name,
    namespaceName,
    owned: false,
    ports: [],
    serviceAccountName: account,
    principal: principalOf(graph.useSettings(), namespaceName, account),
    podLabels: Object.freeze({ ...podLabels }),
  });
}

type Known = Pick<IngressGatewayAttributes, 'serviceAccountName' | 'podLabels'>;

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
