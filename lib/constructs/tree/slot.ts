import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { SETTLE, type Settling } from '../../graph/settle';
import type { Settled } from '../../graph/settled';

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
  }

  /** Makes what is wanted and not there yet, and lets go of what was made and is wanted no more. */
  [SETTLE](settled: Settled): void {
    const wanted = this.wanted(settled);
    if (wanted.length === 0 && this.made.length === 0) return;
    const ids = wanted.map(({ id }) => id);
    for (const id of this.made) if (!ids.includes(id)) this.node.tryRemoveChild(id);
    const there = [...this.node.children];
    const news = wanted.filter(({ id }) => !this.node.tryFindChild(id));
    for (const { id, make } of news) make(this, id);
    if (there.length > 0) for (const { id } of news) this.sort(id, there, ids);
    this.made = ids;
  }

  // Children come out in the order in which they were made: one that belongs before others is made their dependency.
  private sort(id: string, there: readonly Construct['node']['children'][number][], ids: readonly string[]): void {
    const newcomer = this.node.findChild(id);
    for (const sibling of there) {
      if (ids.indexOf(sibling.node.id) > ids.indexOf(id)) sibling.node.addDependency(newcomer);
    }
  }
}
