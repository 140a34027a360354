import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import * as telemetry from '../../../imports/telemetry.istio.io';
import { DEFAULT_SETTINGS, type MeshSettings } from '../../graph/mesh-settings';
import type { MeshGraph } from '../../graph/mesh-graph';
import { PEER_AUTHENTICATION_NAME } from '../../istio/defaults';
import { renderWaypointsDenyAll } from '../../render/policies/gateway-access';
import { renderPeerAuthentication } from '../../render/policies/peer-authentication';
import { renderTelemetry } from '../../render/telemetry/telemetry';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireDomain, requireDottedName, requireNamespaceName } from '../../support/object-names';
import { BOOLEAN, listOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { ENVIRONMENT, type Environment } from '../../values/mesh/environment';
import { GATEWAY_API_BUNDLE, type GatewayApi } from '../../values/mesh/gateway-api';
import { PATH_NORMALIZATION, type PathNormalization } from '../../values/mesh/path-normalization';
import { MTLS, type MTls } from '../../values/workload/mtls';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';
import { requireAliases } from './require-aliases';
import { telemetryFacts, TRACING, type TracingOptions } from './tracing-options';

/** Settings of the whole mesh. */
export interface MeshProps {
  /**
   * Whether pods take plaintext, in namespaces that do not say otherwise.
   * @default - no object; Istio's own default is PERMISSIVE
   */
  readonly mtls?: MTls;

  /**
   * Traces of requests.
   * @default - as the mesh configuration says
   */
  readonly tracing?: TracingOptions;

  /**
   * Whether proxies write a line for each request.
   * @default - as the mesh configuration says
   */
  readonly accessLog?: boolean;

  /**
   * Root of the SPIFFE identities.
   * @default cluster.local
   */
  readonly trustDomain?: string;

  /**
   * Trust domains whose identities are those of the mesh as well, while it moves from one to another: the old one, until every proxy has a certificate of the new one. The
   * installation of Istio says the same. A policy lets in, and refuses, a caller under each of them. ztunnel knows one trust domain alone, of which MESH258 tells.
   * @default - none
   */
  readonly trustDomainAliases?: string[];

  /**
   * Suffix of the hosts of Services.
   * @default cluster.local
   */
  readonly clusterDomain?: string;

  /**
   * Namespace whose settings hold for the whole mesh.
   * @default istio-system
   */
  readonly rootNamespace?: string;

  /**
   * What the cluster is for. In `Environment.PRODUCTION` a FaultInjection has to say why it may hold there.
   * @default - not said, and nothing is refused for it
   */
  readonly environment?: Environment;

  /**
   * Which bundle of the Gateway API's definitions the cluster has: it decides whether a route with retries can be an HTTPRoute, and whether a
   * gateway's own route carries them.
   * @default GatewayApi.V1_6
   */
  readonly gatewayApi?: GatewayApi;

  /**
   * How proxies put the path of a request in order before they look at it. The installation of Istio says it, in its mesh configuration; said here too, a
   * refusal by path names as many ways of writing a path as are left, and MESH259 tells which it cannot name.
   * @default PathNormalization.BASE
   */
  readonly pathNormalization?: PathNormalization;

  /**
   * Refuses every call in the mesh that nothing allows, in both planes: what a ZeroTrustNamespace does for its own, for all namespaces and all programs. Calls of this program
   * and the listeners of its gateways have their policies as well in a MeshNamespace then. The network layer is closed by ZeroTrustNamespaces alone.
   * @default false
   */
  readonly defaultDeny?: boolean;

  /**
   * Whether Istio's CNI agent redirects the traffic of pods with a sidecar: pods then need no right to change their network, and namespaces refuse those who ask for
   * one (`PodSecurity.restricted()`). Ambient mode has it always.
   * @default - not known
   */
  readonly cni?: boolean;
}

/**
 * Settings of the whole mesh; declared before everything else, for hosts and identities are made from them.
 *
 * Expands into a PeerAuthentication, a Telemetry and, with `defaultDeny`, the AuthorizationPolicies `deny-all` and `waypoint-deny-all` in the root namespace, each only
 * where it says something.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { Mesh, MTls } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * new Mesh(platform, 'mesh', {
 *   mtls: MTls.STRICT,
 *   tracing: { provider: 'otel', samplingPercentage: 5 },
 * });
 */
export class Mesh extends Construct {
  /** Root of the SPIFFE identities. */
  public readonly trustDomain: string;
  /** Trust domains that mean the same identities. */
  public readonly trustDomainAliases: string[];
  /** Suffix of the hosts of Services. */
  public readonly clusterDomain: string;
  /** Namespace whose settings hold for the whole mesh. */
  public readonly rootNamespace: string;
  /** What the cluster is for, where it was said. */
  public readonly environment?: Environment;
  /** Which bundle of the Gateway API the cluster has, where it was said. */
  public readonly gatewayApi?: GatewayApi;
  /** How proxies put paths in order, where it was said. */
  public readonly pathNormalization?: PathNormalization;
  /** The PeerAuthentication, where `mtls` is set. */
  public readonly peerAuthentication?: ApiObject;
  /** The Telemetry, where traces or logs are set. */
  public readonly telemetry?: ApiObject;

  /**
   * Declares the settings.
   * @param scope Where to declare them
   * @param id Id of the construct
   * @param props The settings
   */
  public constructor(scope: Construct, id: string, props: MeshProps = {}) {
    super(freeScope(scope, id), id);
    markKind(this, 'Mesh');
    const graph = joinApp(this);
    requireOptions(this, props, MESH_PROPS);
    this.trustDomain = requireDottedName(this, 'trust domain', props.trustDomain ?? DEFAULT_SETTINGS.trustDomain);
    this.trustDomainAliases = requireAliases(this, this.trustDomain, props.trustDomainAliases);
    this.clusterDomain = requireDomain(this, 'cluster domain', props.clusterDomain ?? DEFAULT_SETTINGS.clusterDomain);
    this.rootNamespace = requireNamespaceName(this, props.rootNamespace ?? DEFAULT_SETTINGS.rootNamespace);
    this.environment = props.environment;
    this.gatewayApi = props.gatewayApi;
    this.pathNormalization = props.pathNormalization;
    requireFirst(this, graph, { ...settingsOf(this), defaultDeny: props.defaultDeny, cni: props.cni });

    if (props.mtls) {
      const namespace = this.rootNamespace;
      graph.addMtls({ level: 'mesh', namespaceName: namespace, path: this.node.path, site: CallSite.here() }, props.mtls._facts);
      const metadata = { name: PEER_AUTHENTICATION_NAME, namespace };
      const spec = renderPeerAuthentication(props.mtls._facts.mode);
      this.peerAuthentication = makeObject(this, 'PeerAuthentication', security.PeerAuthentication, metadata, spec);
    }
    if (props.defaultDeny) closeMesh(this, this.rootNamespace);
    if (props.tracing || props.accessLog !== undefined) {
      const metadata = { name: 'mesh-default', namespace: this.rootNamespace };
      this.telemetry = makeObject(this, 'Telemetry', telemetry.Telemetry, metadata, renderTelemetry(telemetryFacts(this, props)));
    }
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const MESH_PROPS = struct<MeshProps>({
  mtls: optional(MTLS),
  tracing: optional(TRACING),
  accessLog: optional(BOOLEAN),
  trustDomain: optional(TEXT),
  trustDomainAliases: optional(listOf(TEXT)),
  clusterDomain: optional(TEXT),
  rootNamespace: optional(TEXT),
  environment: optional(ENVIRONMENT),
  gatewayApi: optional(GATEWAY_API_BUNDLE),
  pathNormalization: optional(PATH_NORMALIZATION),
  cni: optional(BOOLEAN),
  defaultDeny: optional(BOOLEAN),
});

function settingsOf(mesh: Mesh): MeshSettings {
  const { trustDomain, clusterDomain, rootNamespace, environment, gatewayApi, pathNormalization } = mesh;
  const aliases = mesh.trustDomainAliases.length > 0 ? { trustDomainAliases: mesh.trustDomainAliases } : {};
  return { trustDomain, ...aliases, clusterDomain, rootNamespace, environment, gatewayApi, pathNormalization };
}

/** Sidecars and ztunnel obey the one policy, and waypoints, which overlook policies without targets, the other. */
function closeMesh(at: Construct, namespace: string): void {
  makeObject(at, 'DenyAll', security.AuthorizationPolicy, { name: 'deny-all', namespace }, {});
  const spec = renderWaypointsDenyAll();
  makeObject(at, 'WaypointDenyAll', security.AuthorizationPolicy, { name: 'waypoint-deny-all', namespace }, spec);
}

function requireFirst(at: Construct, graph: MeshGraph, settings: MeshSettings): void {
  if (graph.trySettings(settings)) return;
  const got = `${Object.values(settings).filter(Boolean).join(', ')}, after other values were used`;
  if (graph.hasSettings) {
    throw new MeshError({
      code: 'MESH062',
      at,
      what: 'a mesh has one set of values',
      got,
      fix: 'declare one Mesh with the values that hold',
    });
  }
  throw new MeshError({
    code: 'MESH028',
    at,
    what: 'the mesh is declared before the first namespace or service',
    got,
    fix: 'move it to the top of the program',
  });
}
