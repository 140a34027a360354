import { addTo } from '../../support/grouping';
import { isEmpty, type Labels } from './fields';
import { hasLabels } from './selectors';

/** Things that have labels, found by some of them without looking at all. */
export class LabelIndex<T extends { readonly labels: Labels }> {
  private readonly byLabel = new Map<string, T[]>();

  constructor(private readonly items: readonly T[]) {
    for (const item of items) for (const [key, value] of Object.entries(item.labels)) addTo(this.byLabel, `${key}=${value}`, item);
  }

  /** Those that have all these labels, in the order in which they were given; every one where none is asked for. */
  having(labels: Labels): readonly T[] {
    if (isEmpty(labels)) return this.items;
    const candidates = Object.entries(labels).map(([key, value]) => this.byLabel.get(`${key}=${value}`) ?? []);
    const rarest = candidates.reduce((a, b) => (b.length < a.length ? b : a));
    return rarest.filter((item) => hasLabels(item.labels, labels));
  }
}
