import { SECURITY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { MtlsMode } from '../../model/namespace-facts';
import { groupedBy } from '../../support/grouping';
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
  /** Says something else at the same level, and holds instead where it is the older one. */
  readonly rival?: ManifestObject;
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
const ofNamespaces = perCluster((cluster: Cluster): ReadonlyMap<string, readonly MtlsSettings[]> => {
  const whole = mtlsSettings(cluster).filter(({ selector }) => isEmpty(selector));
  return groupedBy(whole, ({ namespaceName }) => namespaceName);
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
  return firstSaid(namespaceLevels(cluster, namespaceName));
}

/** Pods, and who speaks for them where that is known. */
export type Guarded = Pick<Pod, 'namespaceName' | 'labels'> & Partial<Pick<Pod, 'proxy'>>;

/** The mode of a pod, on one of its ports where it is given: the workload's own word goes before its namespace's. */
export function mtlsOf(cluster: Cluster, { namespaceName, labels, proxy }: Guarded, port?: number): MtlsVerdict {
  const own = ofWorkloads(cluster).picking(namespaceName, labels);
  if (own.length > 0 && proxy?.standsBeforePods && !proxy.readsHttp && losesStrict(cluster, own[0])) {
    const { object } = own[0];
    return { mode: 'PERMISSIVE', object, by: titleOf(object) };
  }
  const onPort = own.map((settings) => ({ ...settings, mode: settings.ports.get(String(port)) ?? settings.mode }));
  return firstSaid([onPort, ...namespaceLevels(cluster, namespaceName)]);
}

/**
 * istiod tells ztunnel nothing of a workload without a mode of its own, one port of which takes plaintext, in a namespace that says expressly that it has no mode: what the
 * mesh asks for is lost on every port.
 */
export function losesStrict(cluster: Cluster, { mode, ports, namespaceName }: MtlsSettings): boolean {
  const [ofNamespace, ofMesh] = namespaceLevels(cluster, namespaceName).map(([first]) => first);
  const isUnsaid = !mode && ofNamespace !== undefined && !ofNamespace.mode;
  return isUnsaid && ofMesh?.mode === 'STRICT' && [...ports.values()].includes('PERMISSIVE');
}

function namespaceLevels(cluster: Cluster, namespaceName: string): (readonly MtlsSettings[])[] {
  const known = ofNamespaces(cluster);
  return [known.get(namespaceName) ?? [], known.get(cluster.rootNamespace) ?? []];
}

const said = ({ mode }: MtlsSettings): MtlsMode | undefined => mode;

function firstSaid(levels: readonly (readonly MtlsSettings[])[]): MtlsVerdict {
  const saying = levels.findIndex(([first]) => first?.mode);
  const asked = saying < 0 ? levels : levels.slice(0, saying + 1);
  const rival = asked.flatMap(([first, ...others]) => others.filter((one) => said(one) !== said(first))).at(0)?.object;
  if (saying < 0) return { mode: 'PERMISSIVE', rival };
  const [{ mode, object }] = levels[saying];
  return { mode: mode!, object, by: titleOf(object), rival };
}
