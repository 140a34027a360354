import * as networking from '../../imports/networking.istio.io';
import type { Call } from '../model/call';
import type { BackendFacts } from '../model/infrastructure-facts';
import { compareText } from '../support/ordering';

/** What a workload's proxy is told about: the hosts it calls and the backends that its providers use, nothing else. */
export function renderSidecarScope(
  podLabels: Readonly<Record<string, string>>,
  calls: readonly Call[],
  backends: readonly BackendFacts[],
): networking.SidecarSpec {
  const hosts = new Set([
    ...calls.filter((call) => call.action === 'ALLOW').flatMap((call) => calledHosts(call)),
    ...backends.map((backend) => `${backend.namespaceName}/${backend.host}`),
  ]);
  return {
    workloadSelector: { labels: { ...podLabels } },
    outboundTrafficPolicy: { mode: networking.SidecarSpecOutboundTrafficPolicyMode.REGISTRY_UNDERSCORE_ONLY },
    egress: [{ hosts: hosts.size > 0 ? [...hosts].sort(compareText) : ['~/*'] }],
  };
}

function calledHosts({ callee }: Call): string[] {
  const hosts = callee.meshHosts ?? (callee.host === undefined ? [] : [callee.host]);
  return hosts.map((host) => `${callee.namespaceName}/${host}`);
}
