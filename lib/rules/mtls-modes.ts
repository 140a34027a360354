import type { ManifestObject, MeshModel } from '../model/mesh-model';
import type { MtlsMode } from '../model/namespace-facts';
import { sortedBy } from '../support/ordering';
import { addTo } from '../support/grouping';
import { fieldsOf, type Labels, labelsOf, namespaceOf, objectsOf, SECURITY, specOf, valueAt } from './manifest-reader';
import { perModel } from './per-model';
import { hasLabels } from './workloads';

const MODES: readonly unknown[] = ['STRICT', 'PERMISSIVE', 'DISABLE'];

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

export const mtlsSettings = perModel((model): readonly MtlsSettings[] =>
  sortedBy(objectsOf(model, SECURITY, 'PeerAuthentication'), ({ name, path }) => `${name}\n${path}`).map(readSettings),
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

export function rootNamespace(model: MeshModel): string {
  return model.rootNamespace ?? 'istio-system';
}

function isForNamespace({ selector }: MtlsSettings): boolean {
  return Object.keys(selector).length === 0;
}

const namespaceSettings = perModel((model): ReadonlyMap<string, MtlsMode> => {
  const modes = new Map<string, MtlsMode>();
  for (const { name, mtls } of model.namespaces) if (mtls) modes.set(name, mtls);
  // Several for one namespace: the oldest counts, which no manifest tells; here the first by name.
  const said = mtlsSettings(model).filter((settings) => isForNamespace(settings) && settings.mode);
  for (const { namespaceName, mode } of [...said].reverse()) if (mode) modes.set(namespaceName, mode);
  return modes;
});

const workloadSettings = perModel((model) => {
  const index = new Map<string, MtlsSettings[]>();
  for (const settings of mtlsSettings(model)) {
    const [first] = Object.entries(settings.selector);
    if (first) addTo(index, `${settings.namespaceName}/${first.join('=')}`, settings);
  }
  return index;
});

/** The mode that holds in a namespace: its own word, else the mesh's, else Istio's default. */
export function modeInNamespace(model: MeshModel, namespaceName: string): MtlsMode {
  const modes = namespaceSettings(model);
  return modes.get(namespaceName) ?? modes.get(rootNamespace(model)) ?? 'PERMISSIVE';
}

/** The mode that holds for pods with these labels, on one of their ports where it is given. */
export function modeOfWorkload(model: MeshModel, namespaceName: string, podLabels: Labels, podPort?: number): MtlsMode {
  const index = workloadSettings(model);
  const own = Object.entries(podLabels)
    .flatMap((label) => index.get(`${namespaceName}/${label.join('=')}`) ?? [])
    .find(({ selector }) => hasLabels(podLabels, selector));
  return own?.ports.get(String(podPort)) ?? own?.mode ?? modeInNamespace(model, namespaceName);
}

/** Where a PeerAuthentication says a mode, in words. */
export function placesOf({ mode, ports }: MtlsSettings, wanted: MtlsMode): string[] {
  const said = [...ports].filter(([, each]) => each === wanted).map(([port]) => `port ${port}: ${wanted}`);
  return mode === wanted ? [`mode: ${wanted}`, ...said] : said;
}
