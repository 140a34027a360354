import { stringify } from 'yaml';
import { type Fields, fieldsOf, isSaid, listOf } from '../../cluster/objects/fields';
import { groupOf, nameOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject } from '../../model/mesh-model';
import type { MeshGraphObject } from './mesh-graph';

/** Objects that something speaks of, each under an id of its own. */
export class ShownObjects {
  private readonly ids = new Map<ManifestObject, string>();
  private readonly taken = new Set<string>();

  /** The ids of some objects, sorted. */
  public idsOf(objects: Iterable<ManifestObject>): string[] {
    return [...new Set([...objects].map((object) => this.idOf(object)))].sort();
  }

  /** All that have been asked for. */
  public all(): Record<string, MeshGraphObject> {
    const entries = [...this.ids].map(([object, id]): [string, MeshGraphObject] => [id, shown(object)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private idOf(object: ManifestObject): string {
    const known = this.ids.get(object);
    if (known !== undefined) return known;
    const name = nameOf(object);
    const id = this.taken.has(name) ? `${name} of ${groupOf(object)}` : name;
    this.taken.add(id);
    this.ids.set(object, id);
    return id;
  }
}

/** An object as anybody may see it. */
export function shown({ kind, name, namespaceName, position, path, manifest }: ManifestObject): MeshGraphObject {
  return {
    kind,
    name,
    namespaceName,
    file: position?.file ?? path,
    line: position?.line,
    column: position?.column,
    yaml: stringify(withoutSecrets(manifest)),
  };
}

const CONTAINERS: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers'];
const NOISE: readonly string[] = ['managedFields', 'uid', 'resourceVersion', 'generation', 'creationTimestamp'];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a server adds says nothing here, and what containers are told is nobody's business. */
function withoutSecrets(manifest: ManifestObject['manifest']): unknown {
  const { status: _, metadata, ...rest } = manifest;
  return { ...withPlainContainers(rest), metadata: withoutNoise(metadata) };
}

function withoutNoise(metadata: unknown): unknown {
  const fields = Object.entries(fieldsOf(metadata)).filter(([name]) => !NOISE.includes(name));
  const annotations = Object.entries(fieldsOf(fieldsOf(metadata).annotations)).filter(([name]) => name !== LAST_APPLIED);
  return { ...Object.fromEntries(fields), ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}) };
}

function withPlainContainers(value: unknown): Fields {
  return fieldsOf(plain(value));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, CONTAINERS.includes(key) ? listOf(inner).map(plainContainer) : plain(inner)]),
  );
}

function plainContainer({ name, image, ports }: Fields): Fields {
  return { name, image, ...(isSaid(ports) && { ports }) };
}
