import * as networking from '../../../imports/networking.istio.io';
import type { Call } from '../../model/call';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { compareText } from '../../support/ordering';

/** What a workload's proxy is told about: the hosts it calls and the backends that its providers use, nothing else. */
export function renderSidecarScope(
  podLabels: Readonly<Record<string, string>>,
  calls: readonly Call[],
  always: readonly string[],
): networking.SidecarSpec {
  const hosts = new Set([...calls.filter((call) => call.action === 'ALLOW').flatMap((call) => calledHosts(call)), ...always]);
  return {
    workloadSelector: { labels: { ...podLabels } },
    outboundTrafficPolicy: { mode: networking.SidecarSpecOutboundTrafficPolicyMode.REGISTRY_UNDERSCORE_ONLY },
    egress: [{ hosts: hosts.size > 0 ? [...hosts].sort(compareText) : ['~/*'] }],
  };
}

/** Hosts that every workload of a namespace may need, whatever it calls. */
export function infrastructureHosts({ telemetryBackends, apiServer }: InfrastructureFacts, clusterDomain: string): string[] {
  const backends = telemetryBackends.map(({ namespaceName, host }) => `${namespaceName}/${host}`);
  return apiServer ? [...backends, `default/kubernetes.default.svc.${clusterDomain}`] : backends;
}

function calledHosts({ callee }: Call): string[] {
  const hosts = callee.meshHosts ?? (callee.host === undefined ? [] : [callee.host]);
  return hosts.map((host) => `${callee.namespaceName}/${host}`);
}
