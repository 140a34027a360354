import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import * as telemetry from '../../../imports/telemetry.istio.io';
import { DEFAULT_SETTINGS, type MeshSettings } from '../../graph/mesh-settings';
import type { MeshGraph } from '../../graph/mesh-graph';
import { joinedTelemetry, recordTelemetry } from '../../graph/observability/record-telemetry';
import { PEER_AUTHENTICATION_NAME } from '../../istio/defaults';
import { OF_THE_MESH, type TelemetryFacts } from '../../model/observability/telemetry';
import { renderWaypointsDenyAll } from '../../render/policies/gateway-access';
import { renderPeerAuthentication } from '../../render/policies/peer-authentication';
import { renderTelemetry } from '../../render/telemetry/telemetry';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireDomain, requireDottedName, requireNamespaceName } from '../../support/object-names';
import { requireOptions } from '../../support/options/require-options';
import type { Environment } from '../../values/mesh/environment';
import type { GatewayApi } from '../../values/mesh/gateway-api';
import type { IstioVersion } from '../../values/mesh/istio-version';
import type { MeshCluster } from '../../values/mesh/mesh-cluster';
import type { PathNormalization } from '../../values/mesh/path-normalization';
import { requireProvider } from '../../values/observability/require-tracing';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';
import { MESH_PROPS, type MeshProps } from './mesh-props';
import { requireAliases } from './require-aliases';
import { requireClusters } from './require-clusters';
import { requireProviders } from './require-providers';

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
  /** Which Istio the cluster has, where it was said. */
  public readonly istioVersion?: IstioVersion;
  /** Which bundle of the Gateway API the cluster has, where it was said. */
  public readonly gatewayApi?: GatewayApi;
  /** How proxies put paths in order, where it was said. */
  public readonly pathNormalization?: PathNormalization;
  /** Which cluster of the mesh this is, where it was said. */
  public readonly cluster?: MeshCluster;
  /** What the mesh configuration says under `extensionProviders`, in its words; empty where no provider is said. */
  public readonly extensionProviders: object[];
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
    this.istioVersion = props.istioVersion;
    this.gatewayApi = props.gatewayApi;
    this.pathNormalization = props.pathNormalization;
    this.cluster = props.cluster;
    const clusters = requireClusters(this, props);
    const providers = requireProviders(this, props.providers);
    this.extensionProviders = providers?.map(({ name, entry }) => ({ name, ...entry })) ?? [];
    requireFirst(this, graph, { ...settingsOf(this), ...clusters, defaultDeny: props.defaultDeny, cni: props.cni, providers });

    if (props.mtls) {
      const namespace = this.rootNamespace;
      graph.addMtls({ level: 'mesh', namespaceName: namespace, path: this.node.path, site: CallSite.here() }, props.mtls._facts);
      const metadata = { name: PEER_AUTHENTICATION_NAME, namespace };
      const spec = renderPeerAuthentication(props.mtls._facts.mode);
      this.peerAuthentication = makeObject(this, 'PeerAuthentication', security.PeerAuthentication, metadata, spec);
    }
    if (props.defaultDeny) closeMesh(this, this.rootNamespace);
    if (props.tracing || props.accessLog !== undefined) {
      recordTelemetry(this, OF_THE_MESH, telemetryFactsOf(this, props), true);
      const metadata = { name: 'mesh-default', namespace: this.rootNamespace };
      const spec = lazy(() => renderTelemetry(joinedTelemetry(graph.telemetryOf(OF_THE_MESH))));
      this.telemetry = makeObject(this, 'Telemetry', telemetry.Telemetry, metadata, spec);
    }
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

function telemetryFactsOf(at: Construct, { tracing, accessLog }: MeshProps): TelemetryFacts {
  return {
    tracing: tracing && requireProvider(at, tracing),
    accessLogs: accessLog === undefined ? undefined : [{ provider: 'envoy', disabled: !accessLog }],
  };
}

function settingsOf(mesh: Mesh): MeshSettings {
  const { trustDomain, clusterDomain, rootNamespace, environment, gatewayApi, pathNormalization } = mesh;
  const aliases = mesh.trustDomainAliases.length > 0 ? { trustDomainAliases: mesh.trustDomainAliases } : {};
  const version = mesh.istioVersion ? { istioVersion: mesh.istioVersion.version } : {};
  return { trustDomain, ...aliases, clusterDomain, rootNamespace, environment, ...version, gatewayApi, pathNormalization };
}

/** Sidecars and ztunnel obey the one policy, and waypoints, which overlook policies without targets, the other. */
function closeMesh(at: Construct, namespace: string): void {
  makeObject(at, 'DenyAll', security.AuthorizationPolicy, { name: 'deny-all', namespace }, {});
  const spec = renderWaypointsDenyAll();
  makeObject(at, 'WaypointDenyAll', security.AuthorizationPolicy, { name: 'waypoint-deny-all', namespace }, spec);
}

function requireFirst(at: Construct, graph: MeshGraph, settings: MeshSettings): void {
  if (graph.trySettings(settings)) return;
  const got = `${wordsOf(settings)}, after other values were used`;
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

function wordsOf({ providers = [], cluster, otherClusters = [], ...settings }: MeshSettings): string {
  const named = [...providers, ...(cluster ? [cluster] : []), ...otherClusters].map(({ name }) => name);
  return [...Object.values(settings).filter(Boolean), ...named].join(', ');
}
