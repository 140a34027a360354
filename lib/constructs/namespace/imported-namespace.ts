import { Construct } from 'constructs';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { type Closing, hasNetworkPolicies, hasPolicies, type NamespaceFacts, type WaypointFacts } from '../../model/namespace-facts';
import { type MeshSettings, withProviders } from '../../graph/mesh-settings';
import { CallSite } from '../../support/call-site';
import { requireNamespaceName } from '../../support/object-names';
import { BOOLEAN, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { INFRASTRUCTURE, Infrastructure } from '../../values/mesh/infrastructure';
import { NETWORK_LAYER, type NetworkLayer, networkLayerOf } from '../../values/mesh/network-layer';
import { stageOf, ZERO_TRUST_STAGE, type ZeroTrustStage } from '../../values/mesh/zero-trust-stage';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { addNamespace } from './add-namespace';
import { reserveCallers } from './reserve-callers';
import type { IMeshNamespace } from './i-mesh-namespace';
import { importedWaypoint } from './imported-waypoint';

/** What is known of a namespace that somebody else makes. */
export interface MeshNamespaceAttributes {
  /** Its name in the cluster. */
  readonly name: string;

  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of the waypoint that its Services use, in the same namespace.
   * @default - it has none; what needs HTTP in it is then an error
   */
  readonly waypoint?: string;

  /**
   * Name of the second waypoint that takes a share of the connections, in the same namespace; counts with `waypoint` only.
   * @default - all go through the first
   */
  readonly waypointCanary?: string;

  /**
   * Whether everything in it is refused unless allowed, in both layers. NetworkPolicies add up: those of what is declared here then let through its calls
   * and the kubelet's probes, at its pods, and at the pods of the waypoint (`<service>-waypoint`). Where nothing is refused they would shut out all others.
   * @default false
   */
  readonly zeroTrust?: boolean;

  /**
   * What its pods exchange packets with besides their calls; counts with `zeroTrust` only.
   * @default - Infrastructure.of()
   */
  readonly infrastructure?: Infrastructure;

  /**
   * How far it is on the way from open to closed; counts with `zeroTrust` only. What is declared here is written for that stage.
   * @default ZeroTrustStage.DENY_REST
   */
  readonly stage?: ZeroTrustStage;

  /**
   * Whether it has NetworkPolicies; counts with `zeroTrust` only.
   * @default NetworkLayer.CLOSED
   */
  readonly networkPolicy?: NetworkLayer;
}

/** A namespace of others, as it has to be known here. */
export interface KnownNamespace extends Closing {
  readonly name: string;
  readonly dataPlane: DataPlane;
  readonly waypoint?: WaypointFacts;
  readonly infrastructure: InfrastructureFacts;
}

/** A namespace that this program only lives in. */
export class ImportedNamespace extends Construct implements IMeshNamespace {
  readonly namespaceName: string;
  readonly dataPlane: DataPlane;

  constructor(scope: Construct, id: string, known: (at: Construct, settings: MeshSettings) => KnownNamespace) {
    super(freeScope(scope, id), id);
    const graph = joinApp(this);
    const { name, dataPlane, waypoint, infrastructure: said, ...closing } = known(this, graph.useSettings());
    const infrastructure = withProviders(graph.settings, said);
    this.namespaceName = requireNamespaceName(this, name);
    this.dataPlane = dataPlane;
    const facts: NamespaceFacts = {
      name,
      mode: dataPlane._facts.mode,
      migration: dataPlane._facts.migration,
      revision: dataPlane.revision,
      waypointPolicy: waypoint === undefined ? 'never' : 'always',
      possibleWaypoint: waypoint,
      ...closing,
      infrastructure: hasPolicies(closing) ? infrastructure : undefined,
      owned: false,
      enrolled: true,
      path: this.node.path,
      site: CallSite.here(),
    };
    addNamespace(this, graph, { facts, dataPlane, infrastructure });
    if (hasNetworkPolicies(facts)) reserveCallers(this, name);
  }
}

/** What somebody says of it. */
export function namespaceOfAttributes(at: Construct, settings: MeshSettings, attributes: MeshNamespaceAttributes): KnownNamespace {
  requireOptions(at, attributes, MESH_NAMESPACE_ATTRIBUTES);
  const { name, dataPlane, zeroTrust = false, infrastructure = Infrastructure.of(), networkPolicy } = attributes;
  const waypoint = importedWaypoint(at, settings, name, attributes);
  const stage = zeroTrust ? stageOf(attributes.stage) : undefined;
  const closing = { zeroTrust: zeroTrust && stage === undefined, stage, networkLayer: networkLayerOf(networkPolicy) };
  return { name, dataPlane, waypoint, ...closing, infrastructure: infrastructure._facts };
}

const MESH_NAMESPACE_ATTRIBUTES = struct<MeshNamespaceAttributes>({
  name: TEXT,
  dataPlane: DATA_PLANE,
  waypoint: optional(TEXT),
  waypointCanary: optional(TEXT),
  zeroTrust: optional(BOOLEAN),
  infrastructure: optional(INFRASTRUCTURE),
  stage: optional(ZERO_TRUST_STAGE),
  networkPolicy: optional(NETWORK_LAYER),
});
