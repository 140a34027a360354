import type { ClusterFacts } from '../../../lib/model/clusters/cluster-facts';
import type { InstallationFacts } from '../../../lib/model/installation/installation';

/** An installation of which nothing is said. */
export function factsOf(parts: Partial<InstallationFacts> = {}): InstallationFacts {
  return {
    profile: 'minimal',
    mesh: { trustDomain: 'cluster.local', clusterDomain: 'cluster.local', rootNamespace: 'istio-system' },
    planes: [],
    namespaceName: 'istio-system',
    revisions: [{ version: '1.31.1', tags: [] }],
    gateways: [],
    pods: {},
    hub: 'docker.io/istio',
    chartRepository: 'https://charts.example.com',
    discoverySelectors: [],
    env: {},
    contexts: {},
    ...parts,
  };
}

/** A chart as it is delivered. */
export const RELEASE = {
  name: 'istiod',
  chart: 'istiod',
  repository: 'https://charts.example.com',
  version: '1.31.1',
  namespaceName: 'istio-system',
  values: { profile: 'ambient' },
};

/** A cluster of a mesh. */
export function clusterFacts(name: string, network?: string): ClusterFacts {
  return { name, ...(network !== undefined && { network }), podCidrs: [], gatewayAddresses: [] };
}
