import type { ProxyPodsFacts, ProxyServiceFacts } from '../../../model/edge/proxy-pods';

/** What is laid over an object that istiod makes. */
export type Overlay = Readonly<Record<string, unknown>>;

const PROXY = 'istio-proxy';

// What Istio's own limits are; the API server refuses to keep more than a container may use.
const USUAL_CPU = 2000;
const USUAL_MEMORY = 1024;
const USUAL_KEPT = 128;

/** By the keys under which istiod looks for it, what is laid over the objects that it makes for a Gateway; a key without anything is left out. */
export function renderOverlays(pods: ProxyPodsFacts, service: ProxyServiceFacts = {}): Readonly<Record<string, Overlay>> {
  const { replicas, autoscaling } = pods;
  const resources = resourcesOf(pods);
  const template = said({
    securityContext: pods.hardened ? { seccompProfile: { type: 'RuntimeDefault' } } : undefined,
    containers: resources && [{ name: PROXY, resources }],
  });
  const least = autoscaling?.minReplicas ?? replicas ?? 1;
  const overlays = {
    deployment: said({ replicas, template }),
    horizontalPodAutoscaler: autoscaling && { spec: scalingOf(autoscaling) },
    podDisruptionBudget: least > 1 ? { spec: { maxUnavailable: 1 } } : undefined,
    service: serviceOf(service),
  };
  return Object.fromEntries(Object.entries(overlays).flatMap(([key, overlay]) => (overlay ? [[key, overlay]] : [])));
}

function resourcesOf({ cpuMillis, memoryMebibytes, memoryLimitMebibytes }: ProxyPodsFacts): Overlay | undefined {
  const needed = memoryMebibytes !== undefined && memoryMebibytes > USUAL_MEMORY ? memoryMebibytes : undefined;
  const memoryLimit = memoryLimitMebibytes ?? needed;
  const kept = memoryMebibytes ?? (memoryLimit !== undefined && memoryLimit < USUAL_KEPT ? memoryLimit : undefined);
  const requests = said({ cpu: millis(cpuMillis), memory: mebibytes(kept) }, (fields) => fields);
  const limits = said(
    { cpu: cpuMillis !== undefined && cpuMillis > USUAL_CPU ? millis(cpuMillis) : undefined, memory: mebibytes(memoryLimit) },
    (fields) => fields,
  );
  return said({ requests, limits }, (fields) => fields);
}

function scalingOf({ minReplicas, maxReplicas, cpuPercent }: NonNullable<ProxyPodsFacts['autoscaling']>): Overlay {
  const target = { type: 'Utilization', averageUtilization: cpuPercent };
  return { minReplicas, maxReplicas, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

function serviceOf({ annotations, keepsClientAddress, sourceRanges }: ProxyServiceFacts): Overlay | undefined {
  const fields = said({
    externalTrafficPolicy: keepsClientAddress ? 'Local' : undefined,
    loadBalancerSourceRanges: sourceRanges && [...sourceRanges],
  });
  return annotations ? { metadata: { annotations }, ...fields } : fields;
}

function said(fields: Overlay, around = (each: Overlay): Overlay => ({ spec: each })): Overlay | undefined {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return there.length > 0 ? around(Object.fromEntries(there)) : undefined;
}

function millis(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}m`;
}

function mebibytes(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}Mi`;
}
