import type { EnvSourceFacts, InitContainerFacts, PodFacts, ProbeFacts, WorkloadSpec } from '../../model/workload-spec';

type Fields = Record<string, unknown>;

/** Probes by gRPC, for which cdk8s-plus has no word. */
export function renderProbes({ readiness, liveness, startup }: WorkloadSpec, container: Fields): Fields {
  const [first] = (container.ports ?? []) as ReadonlyArray<{ readonly containerPort: number }>;
  const probe = (key: string, facts: ProbeFacts | undefined, failureThreshold: number): Fields => {
    const port = facts?.port ?? first?.containerPort;
    if (!facts?.grpc || port === undefined || key in container) return {};
    const { service } = facts.grpc;
    return { [key]: { failureThreshold, grpc: { port, ...(service === undefined ? {} : { service }) } } };
  };
  return { ...probe('readinessProbe', readiness, 3), ...probe('livenessProbe', liveness, 6), ...probe('startupProbe', startup, 30) };
}

/** Variables out of ConfigMaps and Secrets, after those that the container has already. */
export function renderEnv(sources: readonly EnvSourceFacts[], container: Fields): Fields {
  const single = sources.flatMap(({ kind, name, key, variable }) =>
    variable === undefined ? [] : [{ name: variable, valueFrom: { [`${kind}KeyRef`]: { name, key } } }],
  );
  const whole = sources
    .filter(({ variable }) => variable === undefined)
    .map(({ kind, name, prefix, optional }) => ({
      ...(prefix ? { prefix } : {}),
      [`${kind}Ref`]: { name, ...(optional ? { optional } : {}) },
    }));
  return { ...joined('env', container, single), ...joined('envFrom', container, whole) };
}

export function renderMounts({ volumes }: Pick<PodFacts, 'volumes'>, container: Fields): Fields {
  return joined(
    'volumeMounts',
    container,
    volumes.map(({ name, path, readOnly }) => ({ name, mountPath: path, ...(readOnly ? { readOnly } : {}) })),
  );
}

/** What runs first, under the same bounds as the main container. */
export function renderInitContainer(
  one: InitContainerFacts,
  { basics, cpuMillis, memoryMebibytes, memoryLimitMebibytes }: WorkloadSpec,
): Fields {
  const env = Object.entries(one.env).map(([name, value]) => ({ name, value }));
  const container: Fields = {
    name: one.name,
    image: one.image,
    imagePullPolicy: 'IfNotPresent',
    ...(one.command ? { command: [...one.command] } : {}),
    ...(one.args ? { args: [...one.args] } : {}),
    ...(env.length > 0 ? { env } : {}),
    resources: { requests: { cpu: `${cpuMillis}m`, memory: `${memoryMebibytes}Mi` }, limits: { memory: `${memoryLimitMebibytes}Mi` } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: !basics.writableRoot,
      runAsNonRoot: true,
    },
  };
  return { ...container, ...renderEnv(one.envFrom, container), ...renderMounts(basics, container) };
}

function joined(key: string, container: Fields, more: readonly Fields[]): Fields {
  return more.length > 0 ? { [key]: [...((container[key] as Fields[] | undefined) ?? []), ...more] } : {};
}
