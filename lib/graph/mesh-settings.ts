import type { ClusterFacts } from '../model/clusters/cluster-facts';
import type { EnvironmentName, PathNormalizationName } from '../model/mesh-model';
import type { CanaryWaypoint, WaypointFacts } from '../model/namespace-facts';
import type { GatewayApiBundle } from '../model/route';
import type { InfrastructureFacts } from '../model/infrastructure-facts';
import type { ProviderFacts } from '../model/observability/provider';
import { CLUSTER_DOMAIN, ROOT_NAMESPACE, TRUST_DOMAIN } from '../istio/defaults';

/** What is true of the whole cluster. Names are fixed as soon as a host or an identity was made from them. */
export interface MeshSettings {
  readonly trustDomain: string;
  /** Others that mean the same identities, while the mesh moves from one to another. */
  readonly trustDomainAliases?: readonly string[];
  readonly clusterDomain: string;
  readonly rootNamespace: string;
  readonly environment?: EnvironmentName;
  /** Istio's version, with its patch; not known when absent. */
  readonly istioVersion?: string;
  /** Bundle of the Gateway API; 1.6 when absent. */
  readonly gatewayApi?: GatewayApiBundle;
  /** How proxies put paths in order; BASE when absent. */
  readonly pathNormalization?: PathNormalizationName;
  /** An agent on each node redirects traffic to the sidecars; not known when absent. */
  readonly cni?: boolean;
  /** Everything is refused that nothing allows. */
  readonly defaultDeny?: boolean;
  /** Extension providers of the mesh configuration, besides Istio's own; not known when absent. */
  readonly providers?: readonly ProviderFacts[];
  /** Name of the mesh that its clusters share; its trust domain when absent. */
  readonly meshId?: string;
  /** This cluster, in a mesh of several; not said when absent. */
  readonly cluster?: ClusterFacts;
  /** The others. */
  readonly otherClusters?: readonly ClusterFacts[];
}

export const DEFAULT_SETTINGS: MeshSettings = Object.freeze({
  trustDomain: TRUST_DOMAIN,
  clusterDomain: CLUSTER_DOMAIN,
  rootNamespace: ROOT_NAMESPACE,
});

export function principalOf(settings: MeshSettings, namespaceName: string, serviceAccountName: string): string {
  return `${settings.trustDomain}/ns/${namespaceName}/sa/${serviceAccountName}`;
}

/** A waypoint of that name, under the account that istiod makes for it. */
export function waypointNamed(settings: MeshSettings, namespaceName: string, name: string, canary?: CanaryWaypoint): WaypointFacts {
  return { name, namespaceName, principal: principalOf(settings, namespaceName, name), ...(canary && { canary }) };
}

export function hostOf(settings: MeshSettings, namespaceName: string, serviceName: string): string {
  return `${serviceName}.${namespaceName}.svc.${settings.clusterDomain}`;
}

/** The same for settings from which the same hosts and identities are made. */
export function namesIn({ trustDomain, clusterDomain, rootNamespace }: MeshSettings): string {
  return [trustDomain, clusterDomain, rootNamespace].join(' ');
}

/** Whether they say different things of the cluster, though the same hosts and identities are made from them. */
export function isOther(one: MeshSettings, other: MeshSettings): boolean {
  const said = ({
    trustDomainAliases = [],
    environment,
    istioVersion,
    gatewayApi,
    pathNormalization,
    cni,
    defaultDeny,
    providers,
    meshId,
    cluster,
    otherClusters,
  }: MeshSettings): string =>
    JSON.stringify(
      [
        ...[trustDomainAliases, environment, istioVersion, gatewayApi, pathNormalization, cni, defaultDeny, providers],
        ...[meshId, cluster, otherClusters],
      ].map((value) => value ?? null),
    );
  return said(one) !== said(other);
}

/** What a namespace exchanges packets with, and whom the providers of the mesh connect to besides. */
export function withProviders({ providers = [] }: MeshSettings, facts: InfrastructureFacts): InfrastructureFacts {
  const said = new Set(facts.telemetryBackends.map(({ host, port }) => `${host}:${port}`));
  const more = providers.flatMap(({ backend }) => backend ?? []).filter(({ host, port }) => !said.has(`${host}:${port}`));
  return more.length === 0 ? facts : { ...facts, telemetryBackends: [...facts.telemetryBackends, ...more] };
}
