import { HOSTNAME } from '../../istio/labels';
import type { WorkloadSpec } from '../../model/workload-spec';
import { renderEnv, renderInitContainer, renderMounts, renderProbes } from './containers';
import { withTemplate } from './template';

/** Time in which a pod that stops leaves the endpoints, and still takes requests. */
export const SLEEP_BEFORE_STOP = 5;

type Fields = Record<string, unknown>;

/** How pods of a kind behave. */
export interface PodBehaviour {
  /** Labels of pods that keep apart from each other; absent where it does not matter. */
  readonly spreads?: Readonly<Record<string, string>>;
  /** They run until somebody stops them, and may have requests then. */
  readonly stays: boolean;
}

/** What cdk8s-plus has no words for, or only as constructs: spread over nodes, the runtime's seccomp profile, time to leave the endpoints before stopping, files. */
export function completePods(manifest: Fields, spec: WorkloadSpec, { spreads, stays }: PodBehaviour): Fields {
  const lifecycle = stays ? { lifecycle: { preStop: { sleep: { seconds: SLEEP_BEFORE_STOP } } } } : {};
  return withTemplate(manifest, (template) => {
    const pod = template.spec as Fields;
    const [first, ...others] = pod.containers as Fields[];
    const main = first && {
      ...lifecycle,
      ...first,
      ...renderProbes(spec, first),
      ...renderEnv(spec.basics.envFrom, first),
      ...renderMounts(spec.basics, first),
    };
    return {
      ...template,
      spec: {
        ...(spreads ? { topologySpreadConstraints: [spreadOverNodes(spreads)] } : {}),
        ...renderPlacement(spec),
        ...pod,
        ...renderLists(spec, pod),
        securityContext: { seccompProfile: { type: 'RuntimeDefault' }, ...renderUser(spec), ...(pod.securityContext as Fields) },
        containers: main ? [main, ...others.map(dropCapabilities)] : [],
      },
    };
  });
}

/** Pod ports that probes name. */
export function probePortsOf({ readiness, liveness, startup }: Pick<WorkloadSpec, 'readiness' | 'liveness' | 'startup'>): number[] {
  return [...new Set([readiness.port, liveness.port, startup?.port].filter((port) => port !== undefined))];
}

/** Seconds that pods have from the first word that they stop until they are gone. */
export function graceOf({ drainSeconds }: WorkloadSpec): number {
  return drainSeconds === undefined ? 40 : 2 * SLEEP_BEFORE_STOP + drainSeconds;
}

// cdk8s-plus leaves those that a container gets from its runtime, which no closed namespace takes.
function dropCapabilities(container: Fields): Fields {
  const { capabilities = { drop: ['ALL'] }, ...said } = (container.securityContext ?? {}) as Fields;
  return { ...container, securityContext: { ...said, capabilities } };
}

function spreadOverNodes(podLabels: Readonly<Record<string, string>>): Fields {
  return { maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { ...podLabels } } };
}

function renderPlacement({ basics }: WorkloadSpec): Fields {
  const { priorityClass, nodeSelector } = basics;
  return {
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
    ...(nodeSelector ? { nodeSelector: { ...nodeSelector } } : {}),
  };
}

function renderUser({ basics }: WorkloadSpec): Fields {
  const { user, group, fileGroup } = basics;
  const said = Object.entries({ runAsUser: user, runAsGroup: group, fsGroup: fileGroup });
  return Object.fromEntries(said.filter(([, id]) => id !== undefined));
}

/** Lists of the pod, to which users may have added by cdk8s-plus. */
function renderLists(spec: WorkloadSpec, pod: Fields): Fields {
  const { volumes, initContainers, pullSecrets, tolerations } = spec.basics;
  return {
    ...joined(
      'volumes',
      volumes.flatMap(({ name, source }) => (source ? [{ name, ...source }] : [])),
      pod,
    ),
    ...joined(
      'initContainers',
      initContainers.map((one) => renderInitContainer(one, spec)),
      { initContainers: ((pod.initContainers ?? []) as Fields[]).map(dropCapabilities) },
    ),
    ...joined(
      'imagePullSecrets',
      pullSecrets.map((name) => ({ name })),
      pod,
    ),
    ...joined(
      'tolerations',
      tolerations.map(({ key, value, effect }) => ({
        key,
        operator: value === undefined ? 'Exists' : 'Equal',
        ...(value === undefined ? {} : { value }),
        ...(effect ? { effect } : {}),
      })),
      pod,
    ),
  };
}

function joined(key: string, ours: readonly Fields[], pod: Fields): Fields {
  const all = [...ours, ...((pod[key] as Fields[] | undefined) ?? [])];
  return all.length > 0 ? { [key]: all } : {};
}
