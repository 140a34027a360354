/** What is true of the whole cluster; fixed as soon as a host or an identity was made from it. */
export interface MeshSettings {
  readonly trustDomain: string;
  readonly clusterDomain: string;
  readonly rootNamespace: string;
}

export const DEFAULT_SETTINGS: MeshSettings = Object.freeze({
  trustDomain: 'cluster.local',
  clusterDomain: 'cluster.local',
  rootNamespace: 'istio-system',
});

export function principalOf(settings: MeshSettings, namespaceName: string, serviceAccountName: string): string {
  return `${settings.trustDomain}/ns/${namespaceName}/sa/${serviceAccountName}`;
}

export function hostOf(settings: MeshSettings, namespaceName: string, serviceName: string): string {
  return `${serviceName}.${namespaceName}.svc.${settings.clusterDomain}`;
}
