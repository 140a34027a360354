import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { StageName } from '../../model/namespace-facts';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { INFRASTRUCTURE, Infrastructure } from '../../values/mesh/infrastructure';
import { NETWORK_LAYER, type NetworkLayer, networkLayerOf } from '../../values/mesh/network-layer';
import { stageOf, ZERO_TRUST_STAGE, type ZeroTrustStage } from '../../values/mesh/zero-trust-stage';
import { POD_SECURITY, type PodSecurity } from '../../values/mesh/pod-security';
import { MTLS, MTls } from '../../values/workload/mtls';
import { freeScope } from '../tree/free-scope';
import { objectsOf } from '../tree/objects-of';
import { closeNamespace } from './close-namespace';
import { declareNamespace } from './declare-namespace';
import type { IMeshNamespace } from './i-mesh-namespace';

/** A namespace in which nothing is open unless a call says so. */
export interface ZeroTrustNamespaceProps {
  /** How pods of this namespace join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of the Namespace.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * More labels of the Namespace.
   * @default - only those that the data plane needs
   */
  readonly labels?: { [key: string]: string };

  /**
   * What its pods exchange packets with besides their calls: DNS, Prometheus, istiod.
   * @default - Infrastructure.of(): the peers of most clusters
   */
  readonly infrastructure?: Infrastructure;

  /**
   * How far it is on the way from open to closed, for a namespace that is in use already. A finding reports every stage but the last.
   * @default ZeroTrustStage.DENY_REST
   */
  readonly stage?: ZeroTrustStage;

  /**
   * Whether its pods take plaintext before the last stage, where they take none.
   * @default - as the mesh says; Istio's own default is PERMISSIVE
   */
  readonly mtls?: MTls;

  /**
   * Whether NetworkPolicies refuse what policies refuse.
   * @default NetworkLayer.CLOSED
   */
  readonly networkPolicy?: NetworkLayer;

  /**
   * What Kubernetes refuses of its pods.
   * @default - as `PodSecurity.restricted()`; a warning only with sidecars, unless the `Mesh` says `cni`, and where pods stand in it that others wrote and that ask for more
   */
  readonly podSecurity?: PodSecurity;
}

/**
 * A namespace that refuses everything but the calls which the program declares, in both layers.
 *
 * Expands into a Namespace with the labels of its data plane; a PeerAuthentication STRICT; the AuthorizationPolicy `deny-all` and, where
 * there is a waypoint, `waypoint-deny-all`; the NetworkPolicies `default-deny` and `infrastructure`. Each workload's proxy is told only
 * what it calls (sidecar mode). What is declared inside the construct lives in the namespace, and so does what stands in a chart of the same App whose
 * `namespace` is its name.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/
 * @example
 * import { DataPlane, HttpAccess, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
 *
 * const billing = new ZeroTrustNamespace(chart, 'billing', { dataPlane: DataPlane.sidecar() });
 * const invoices = new MeshedService(billing, 'invoices', {
 *   image: 'ghcr.io/acme/invoices:2.4.0',
 *   ports: [MeshPort.http(8080)],
 * });
 *
 * // The only way in.
 * cart.calls(invoices, { http: [HttpAccess.post('/invoices')] });
 */
export class ZeroTrustNamespace extends Construct implements IMeshNamespace {
  /** Its name in the cluster. */
  public readonly namespaceName: string;
  /** How its pods join the mesh. */
  public readonly dataPlane: DataPlane;
  /** The Namespace object. */
  public readonly resource: ApiObject;

  /**
   * Declares the namespace.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the Namespace unless `name` is set
   * @param props How it joins the mesh
   */
  public constructor(scope: Construct, id: string, props: ZeroTrustNamespaceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ZeroTrustNamespace');
    requireOptions(this, props, ZERO_TRUST_NAMESPACE_PROPS);

    const stage = stageOf(props.stage);
    requireStrict(this, stage, props.mtls);

    this.namespaceName = props.name ?? id;
    this.dataPlane = props.dataPlane;
    const infrastructure = (props.infrastructure ?? Infrastructure.of())._facts;
    const { declared, resource } = declareNamespace(this, {
      name: this.namespaceName,
      dataPlane: this.dataPlane,
      labels: props.labels ?? {},
      mtls: stage === undefined ? MTls.STRICT : props.mtls,
      closing: { zeroTrust: stage === undefined, stage, networkLayer: networkLayerOf(props.networkPolicy) },
      podSecurity: props.podSecurity,
      infrastructure,
    });
    this.resource = resource;

    closeNamespace(this, declared);
  }

  /** Its objects and all declared in it, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const ZERO_TRUST_NAMESPACE_PROPS = struct<ZeroTrustNamespaceProps>({
  dataPlane: DATA_PLANE,
  name: optional(TEXT),
  labels: optional(mapOf(TEXT)),
  infrastructure: optional(INFRASTRUCTURE),
  stage: optional(ZERO_TRUST_STAGE),
  mtls: optional(MTLS),
  networkPolicy: optional(NETWORK_LAYER),
  podSecurity: optional(POD_SECURITY),
});

function requireStrict(at: ZeroTrustNamespace, stage: StageName | undefined, mtls: MTls | undefined): void {
  if (stage !== undefined || mtls === undefined || mtls._facts.mode === 'STRICT') return;
  throw new MeshError({
    code: 'MESH858',
    at,
    what: 'a namespace that refuses the rest takes no plaintext, whose sender nobody knows',
    got: `mtls: ${mtls._facts.mode} at the last stage`,
    fix: 'leave out `mtls`, name an earlier `stage`, or open single ports with `plaintext` of a MeshPort',
  });
}
