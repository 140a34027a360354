import { SECURITY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { MtlsMode } from '../../model/namespace-facts';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { fieldsOf, isEmpty, type Labels, labelsOf, valueAt } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { SelectorIndex } from '../objects/selector-index';
import type { Pod } from '../workloads/workloads';

/** What one PeerAuthentication says. */
export interface MtlsSettings {
  readonly object: ManifestObject;
  readonly namespaceName: string;
  /** Empty: the whole namespace, or the whole mesh. */
  readonly selector: Labels;
  /** Absent: as the level above says. */
  readonly mode?: MtlsMode;
  /** By port of the pod. */
  readonly ports: ReadonlyMap<string, MtlsMode>;
}

/** What holds for a port, and the object that says so; none for Istio's own PERMISSIVE. */
export interface MtlsVerdict {
  readonly mode: MtlsMode;
  readonly object?: ManifestObject;
  readonly by?: string;
}

const MODES: readonly unknown[] = ['STRICT', 'PERMISSIVE', 'DISABLE'];

export const mtlsSettings = perCluster((cluster: Cluster): readonly MtlsSettings[] =>
  objectsOf(cluster, SECURITY, 'PeerAuthentication').map(readSettings),
);

function readSettings(object: ManifestObject): MtlsSettings {
  const spec = specOf(object);
  const ports = Object.entries(fieldsOf(spec.portLevelMtls)).flatMap(([port, said]) => {
    const mode = modeOf(said);
    return mode ? [[port, mode] as const] : [];
  });
  return {
    object,
    namespaceName: namespaceOf(object),
    selector: labelsOf(valueAt(spec, 'selector', 'matchLabels')),
    mode: modeOf(spec.mtls),
    ports: new Map(ports),
  };
}

function modeOf(mtls: unknown): MtlsMode | undefined {
  const { mode } = fieldsOf(mtls);
  return MODES.includes(mode) ? (mode as MtlsMode) : undefined;
}

// Of several the oldest counts, which no manifest tells; here it is the first by name, whether or not it says a mode.
const ofNamespaces = perCluster((cluster: Cluster): ReadonlyMap<string, MtlsSettings> => {
  const whole = mtlsSettings(cluster).filter(({ selector }) => isEmpty(selector));
  return new Map([...whole].reverse().map((settings) => [settings.namespaceName, settings]));
});

// In the root namespace a selector picks nobody.
const ofWorkloads = perCluster(
  (cluster: Cluster) =>
    new SelectorIndex(
      mtlsSettings(cluster).filter(({ selector, namespaceName }) => !isEmpty(selector) && namespaceName !== cluster.rootNamespace),
    ),
);

/** The mode of pods of a namespace that nothing else is said of: its own word, else the mesh's, else Istio's default. */
export function mtlsInNamespace(cluster: Cluster, namespaceName: string): MtlsVerdict {
  const known = ofNamespaces(cluster);
  return firstSaid([known.get(namespaceName), known.get(cluster.rootNamespace)]);
}

/** The mode of a pod, on one of its ports where it is given: the workload's own word goes before its namespace's. */
export function mtlsOf(cluster: Cluster, { namespaceName, labels }: Pick<Pod, 'namespaceName' | 'labels'>, port?: number): MtlsVerdict {
  const [own] = ofWorkloads(cluster).picking(namespaceName, labels);
  const onPort = own?.ports.get(String(port));
  if (own && onPort) return verdict(own, onPort);
  return own?.mode ? verdict(own, own.mode) : mtlsInNamespace(cluster, namespaceName);
}

function firstSaid(levels: readonly (MtlsSettings | undefined)[]): MtlsVerdict {
  const saying = levels.find((settings) => settings?.mode);
  return saying?.mode ? verdict(saying, saying.mode) : { mode: 'PERMISSIVE' };
}

function verdict({ object }: MtlsSettings, mode: MtlsMode): MtlsVerdict {
  return { mode, object, by: titleOf(object) };
}
