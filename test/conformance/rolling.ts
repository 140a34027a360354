type Labels = Readonly<Record<string, string>>;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec?: { readonly template?: unknown; readonly replicas?: number };
}

/** Pods of a workload during a rollout: all of the last stage, some of each, or all new. */
export type Progress = 'old' | 'some' | 'new';

/** Who makes pods anew where their template changes. */
export const MAKERS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** Names of the workloads whose pods are other ones after a stage than before. */
export function rolledOut(before: readonly object[], after: readonly object[]): string[] {
  const old = new Map((before as Manifest[]).map((object) => [keyOf(object), object]));
  return (after as Manifest[])
    .filter((object) => MAKERS.includes(object.kind) && differs(old.get(keyOf(object)), object))
    .map(({ metadata }) => metadata.name);
}

/**
 * A cluster in which a stage was applied and its workloads are on their way: all objects of the new stage, those of the last one that the new one no longer has, for
 * nobody has deleted them yet, and of each workload the pods that there are by now.
 */
export function rolling(before: readonly object[], after: readonly object[], progress: (name: string) => Progress): object[] {
  const old = new Map((before as Manifest[]).map((object) => [keyOf(object), object]));
  const now = new Set((after as Manifest[]).map(keyOf));
  const left = (before as Manifest[]).filter((object) => !now.has(keyOf(object)));
  return [
    ...left,
    ...(after as Manifest[]).flatMap((object) => {
      const last = old.get(keyOf(object));
      return MAKERS.includes(object.kind) && last && differs(last, object) ? pods(last, object, progress(object.metadata.name)) : [object];
    }),
  ];
}

/** All ways to say of some names how far they are. */
export function everyProgress(
  names: readonly string[],
  ways: readonly Progress[] = ['old', 'some', 'new'],
): Array<ReadonlyMap<string, Progress>> {
  return names.reduce<Array<ReadonlyMap<string, Progress>>>(
    (known, name) => known.flatMap((one) => ways.map((progress) => new Map([...one, [name, progress]]))),
    [new Map()],
  );
}

function pods(last: Manifest, next: Manifest, progress: Progress): Manifest[] {
  const old = { ...next, spec: { ...next.spec, template: last.spec?.template } };
  if (progress === 'old') return [old];
  if (progress === 'new') return [next];
  return [{ ...old, metadata: { ...old.metadata, name: `${old.metadata.name}-old` } }, next];
}

const differs = (one: Manifest | undefined, other: Manifest): boolean =>
  one !== undefined && JSON.stringify(one.spec?.template) !== JSON.stringify(other.spec?.template);

const keyOf = ({ apiVersion, kind, metadata: { name, namespace } }: Manifest): string => `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
