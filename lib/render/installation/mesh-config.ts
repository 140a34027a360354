import type { InstallationFacts } from '../../model/installation/installation';

/** What the mesh configuration has to say for a program; what is as Istio has it anyway is left out, but for what the program relies on. */
export function renderMeshConfig(facts: InstallationFacts): Record<string, unknown> {
  const { mesh, namespaceName, outboundPolicy, discoverySelectors, accessLogFile, isJsonLog } = facts;
  const { trustDomain, trustDomainAliases, rootNamespace, pathNormalization, providers = [], localHosts = [] } = mesh;
  return {
    trustDomain,
    ...(trustDomainAliases && { trustDomainAliases: [...trustDomainAliases] }),
    ...(rootNamespace !== namespaceName && { rootNamespace }),
    // No DestinationRule of the library says TLS: sidecars find out by themselves who takes it.
    enableAutoMtls: true,
    ...(pathNormalization && { pathNormalization: { normalization: pathNormalization } }),
    ...(outboundPolicy && { outboundTrafficPolicy: { mode: outboundPolicy } }),
    ...(discoverySelectors.length > 0 && { discoverySelectors: discoverySelectors.map((matchLabels) => ({ matchLabels })) }),
    ...(localHosts.length > 0 && { serviceSettings: [{ settings: { clusterLocal: true }, hosts: [...localHosts] }] }),
    ...(accessLogFile !== undefined && { accessLogFile }),
    ...(isJsonLog !== undefined && { accessLogEncoding: isJsonLog ? 'JSON' : 'TEXT' }),
    ...(providers.length > 0 && { extensionProviders: providers.map(({ name, entry }) => ({ name, ...entry })) }),
  };
}
