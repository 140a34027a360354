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
    ...parts,
  };
}
