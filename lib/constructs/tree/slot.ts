import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { SETTLE, type Settling } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import { isPatched, patchSiteOf } from '../../support/marker';

/** What belongs in a slot: under which id, and how it is made. */
export interface Wanted {
  readonly id: string;
  readonly make: (scope: Construct, id: string) => ApiObject;
}

const NOTHING: readonly string[] = [];

/**
 * A place in the tree for objects that may be needed, reserved when their owner is declared: they come out where it was reserved, so that
 * the order of declaration never shows.
 */
export class Slot extends Construct implements Settling {
  /** Ids of what was made here; whatever else there is was put here by a user. */
  private made = NOTHING;

  constructor(
    scope: Construct,
    id: string,
    private readonly wanted: (settled: Settled) => readonly Wanted[],
  ) {
    super(scope, id);
    MeshGraph.of(scope).addRoom();
  }

  /** Makes what is wanted and not there yet, and lets go of what was made and is wanted no more. */
  [SETTLE](settled: Settled): void {
    const wanted = this.wanted(settled);
    if (wanted.length === 0 && this.made.length === 0) return;
    const ids = wanted.map(({ id }) => id);
    for (const id of this.made) if (!ids.includes(id)) this.letGo(id);
    const there = [...this.node.children];
    const news = wanted.filter(({ id }) => !this.node.tryFindChild(id));
    for (const { id, make } of news) make(this, id);
    if (there.length > 0) for (const { id } of news) this.sort(id, there, ids);
    this.made = ids;
  }

  // The patches of its user go with an object, for they were meant for it as it was; a rule tells of them.
  private letGo(id: string): void {
    const objects = this.node.tryFindChild(id)?.node.findAll().filter(ApiObject.isApiObject) ?? [];
    for (const object of objects.filter(isPatched)) {
      const { apiVersion, kind, name, metadata } = object;
      const said = { path: object.node.path, site: patchSiteOf(object), room: this.node.path };
      MeshGraph.of(this).lostPatches.push({ apiVersion, kind, name, namespaceName: metadata.namespace, ...said });
    }
    this.node.tryRemoveChild(id);
  }

  // Children come out in the order in which they were made: one that belongs before others is made their dependency.
  private sort(id: string, there: readonly Construct['node']['children'][number][], ids: readonly string[]): void {
    const newcomer = this.node.findChild(id);
    for (const sibling of there) {
      if (ids.indexOf(sibling.node.id) > ids.indexOf(id)) sibling.node.addDependency(newcomer);
    }
  }
}
