import { addTo } from '../../support/grouping';
import { perObject } from '../../support/kept/per-object';
import type { Labels } from './fields';
import { hasLabels } from './selectors';

/** What picks pods of a namespace by their labels. */
export interface Selecting {
  readonly namespaceName: string;
  /** Empty for all pods of the namespace. */
  readonly selector: Labels;
}

/** Things that pick pods, found by the labels of a pod without looking at all of them. */
export class SelectorIndex<T extends Selecting> {
  private readonly byLabel = new Map<string, T[]>();
  private readonly places = new Map<T, number>();
  private readonly known = perObject((_: Labels) => new Map<string, readonly T[]>());

  constructor(items: Iterable<T>) {
    for (const item of items) {
      const [label] = Object.entries(item.selector);
      addTo(this.byLabel, keyOf(item.namespaceName, label), item);
      this.places.set(item, this.places.size);
    }
  }

  /** Those that pick a pod with these labels, in the order in which they were given. */
  picking(namespaceName: string, labels: Labels): readonly T[] {
    const places = this.known(labels);
    const found = places.get(namespaceName) ?? this.found(namespaceName, labels);
    places.set(namespaceName, found);
    return found;
  }

  private found(namespaceName: string, labels: Labels): T[] {
    const found = [undefined, ...Object.entries(labels)].flatMap((label) => this.byLabel.get(keyOf(namespaceName, label)) ?? []);
    return found.filter(({ selector }) => hasLabels(labels, selector)).sort((a, b) => this.places.get(a)! - this.places.get(b)!);
  }
}

function keyOf(namespaceName: string, label: [string, string] | undefined): string {
  return label ? `${namespaceName}/${label[0]}=${label[1]}` : namespaceName;
}
