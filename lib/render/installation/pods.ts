import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import type { InstalledGatewayFacts, InstallationFacts } from '../../model/installation/installation';

/** Pods that survive the loss of one, and the drain of a node. */
const MANY = { autoscaling: { minReplicas: 2, maxReplicas: 5, cpuPercent: 80 } } as const;

const ROOM = { cpuMillis: 500, memoryMebibytes: 2048, memoryLimitMebibytes: 4096 } as const;

/** Pods of istiod. */
export function podsOfIstiod({ profile, pods }: InstallationFacts): ProxyPodsFacts {
  return profile === 'production' ? { ...ROOM, ...(pods.replicas === undefined && MANY), ...saidOf(pods) } : pods;
}

/** Pods of a gateway. */
export function podsOfGateway({ profile }: InstallationFacts, { pods }: InstalledGatewayFacts): ProxyPodsFacts {
  return profile === 'production' ? { ...(pods.replicas === undefined && MANY), ...saidOf(pods) } : pods;
}

/** More than one pod is there at any time, so that one may be taken away. */
export function areSeveral({ replicas, autoscaling }: ProxyPodsFacts): boolean {
  return (autoscaling?.minReplicas ?? replicas ?? 1) > 1;
}

/** What they ask for, in the words of Kubernetes; undefined where nothing is said. */
export function resourcesOf({ cpuMillis, memoryMebibytes, memoryLimitMebibytes }: ProxyPodsFacts): object | undefined {
  const requests = {
    ...(cpuMillis !== undefined && { cpu: `${cpuMillis}m` }),
    ...(memoryMebibytes !== undefined && { memory: `${memoryMebibytes}Mi` }),
  };
  const limits = memoryLimitMebibytes === undefined ? {} : { memory: `${memoryLimitMebibytes}Mi` };
  const said = { ...(Object.keys(requests).length > 0 && { requests }), ...(Object.keys(limits).length > 0 && { limits }) };
  return Object.keys(said).length > 0 ? said : undefined;
}

function saidOf(pods: ProxyPodsFacts): ProxyPodsFacts {
  return Object.fromEntries(Object.entries(pods).filter(([, value]) => value !== undefined));
}
