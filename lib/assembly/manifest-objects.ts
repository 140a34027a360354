import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { objectsIn } from '../cluster/objects/parsed-manifests';
import type { MeshGraph } from '../graph/mesh-graph';
import type { Declared } from '../model/declared';
import type { ManifestObject } from '../model/mesh-model';
import { isMade } from '../support/marker';
import type { ManifestCache } from './manifest-cache';

type Sites = ReadonlyMap<string, Declared['site']>;

/** Every object of the tree, wherever it hangs and whoever made it; rendered when somebody reads it, and once. */
export function manifestObjects(root: IConstruct, graph: MeshGraph, cache?: ManifestCache): ManifestObject[] {
  const declared: Declared[] = [...graph.namespaces.values(), ...graph.parties.values()];
  const sites = new Map(declared.map(({ path, site }) => [path, site]));
  return root.node
    .findAll()
    .filter((node): node is ApiObject => ApiObject.isApiObject(node))
    .flatMap((object) => listed(new LateObject(object, object.metadata.namespace, { sites, cache })));
}

/** The same of one object that stands beside ours, before anybody has settled where it lives. */
export function manifestObject(object: ApiObject, namespaceName: string | undefined): ManifestObject[] {
  return listed(new LateObject(object, namespaceName, {}));
}

/** Of a list, such as kubectl writes, each item: they are what is applied. */
function listed(object: LateObject): ManifestObject[] {
  if (!object.kind.endsWith('List')) return [object];
  const items = objectsIn(object.manifest, { path: () => object.path });
  return Array.isArray(object.manifest.items) ? items : [object];
}

class LateObject implements ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly made: boolean;
  private rendered?: Record<string, unknown>;

  constructor(
    private readonly object: ApiObject,
    readonly namespaceName: string | undefined,
    private readonly known: { readonly sites?: Sites; readonly cache?: ManifestCache },
  ) {
    this.apiVersion = object.apiVersion;
    this.kind = object.kind;
    this.name = object.name;
    this.made = isMade(object);
  }

  get path(): string {
    return this.object.node.path;
  }

  /** Of an object of ours: where the construct that made it was declared. cdk8s keeps no line of what stands beside. */
  get site(): Declared['site'] {
    const { sites } = this.known;
    const maker = this.made ? this.object.node.scopes.reverse().find((scope) => sites?.has(scope.node.path)) : undefined;
    return maker && sites?.get(maker.node.path);
  }

  get manifest(): Readonly<Record<string, unknown>> {
    const { cache } = this.known;
    this.rendered ??= cache ? cache.render(this.object) : (this.object.toJson() as Record<string, unknown>);
    return this.rendered;
  }
}
