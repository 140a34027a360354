import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { textOf, valueAt } from '../cluster/objects/fields';
import { objectsIn } from '../cluster/objects/parsed-manifests';
import type { MeshGraph } from '../graph/mesh-graph';
import type { Declared } from '../model/declared';
import type { ManifestObject } from '../model/mesh-model';
import { isMade, isPatched, isTriedOut } from '../support/marker';
import type { ManifestCache } from './manifest-cache';

type Sites = ReadonlyMap<string, Declared['site']>;

/** Every object of the tree, wherever it hangs and whoever made it; rendered when somebody reads it, and once. */
export function manifestObjects(root: IConstruct, graph: MeshGraph, cache?: ManifestCache): ManifestObject[] {
  return manifestsOf(objectsBelow(root), graph, cache);
}

/** The same of some objects. */
export function manifestsOf(objects: readonly ApiObject[], graph: MeshGraph, cache?: ManifestCache): ManifestObject[] {
  const declared: Declared[] = [...graph.namespaces.values(), ...graph.parties.values()];
  const sites = new Map(declared.map(({ path, site }) => [path, site]));
  return objects.flatMap((object) => itemsOf(new LateObject(object, isMade(object), sites, cache)));
}

export function objectsBelow(root: IConstruct): ApiObject[] {
  return root.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}

/** kubectl applies the items of a list one by one, each where it says itself. */
function itemsOf(object: ManifestObject): readonly ManifestObject[] {
  const { kind, path, site } = object;
  if (!kind.endsWith('List') || !Array.isArray(object.manifest.items)) return [object];
  return objectsIn(object.manifest, { path: () => path }).map((item) => ({ ...item, site }));
}

class LateObject implements ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespaceName?: string;
  readonly patched: boolean;
  readonly triedOut: boolean;
  readonly declaredIn?: string;
  private rendered?: Record<string, unknown>;

  constructor(
    private readonly object: ApiObject,
    readonly made: boolean,
    private readonly sites: Sites,
    private readonly cache?: ManifestCache,
  ) {
    this.patched = isPatched(object);
    this.triedOut = isTriedOut(object);
    this.declaredIn = object.metadata.namespace;
    const written = this.patched ? this.manifest : {};
    this.apiVersion = textOf(written.apiVersion) ?? object.apiVersion;
    this.kind = textOf(written.kind) ?? object.kind;
    this.name = textOf(valueAt(written, 'metadata', 'name')) ?? object.name;
    this.namespaceName = textOf(valueAt(written, 'metadata', 'namespace')) ?? object.metadata.namespace;
  }

  get path(): string {
    return this.object.node.path;
  }

  /** Of an object of ours: where the construct that made it was declared. cdk8s keeps no line of what stands beside. */
  get site(): Declared['site'] {
    const maker = this.made ? this.object.node.scopes.reverse().find((scope) => this.sites.has(scope.node.path)) : undefined;
    return maker && this.sites.get(maker.node.path);
  }

  get manifest(): Readonly<Record<string, unknown>> {
    this.rendered ??= this.cache ? this.cache.render(this.object) : (this.object.toJson() as Record<string, unknown>);
    return this.rendered;
  }
}
