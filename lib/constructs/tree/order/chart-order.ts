import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Which charts are written before which, by what is said in the tree. */
export class ChartOrder {
  private readonly before = new Map<Chart, Set<Chart>>();

  constructor(root: IConstruct) {
    for (const node of root.node.findAll()) {
      for (const dependency of node.node.dependencies) this.remember(Chart.of(node), Chart.of(dependency));
      // cdk8s writes a chart that stands right in another one before it.
      const parent = node.node.scope;
      if (Chart.isChart(node) && Chart.isChart(parent)) this.remember(parent, node);
    }
  }

  /**
   * Has a construct written after another one. Where the charts are to be written the other way round already, it stays with that: cdk8s
   * refuses circles.
   */
  put(later: IConstruct, first: IConstruct): void {
    if (this.mayPut(later, first)) later.node.addDependency(first);
  }

  /** Whether it can be written after the other one; if so, it counts as put there. */
  mayPut(later: IConstruct, first: IConstruct): boolean {
    const [chart, before] = [Chart.of(later), Chart.of(first)];
    if (chart !== before && this.comesAfter(before, chart)) return false;
    this.remember(chart, before);
    return true;
  }

  comesAfter(chart: Chart, other: Chart, seen = new Set<Chart>()): boolean {
    if (chart === other) return true;
    seen.add(chart);
    return [...(this.before.get(chart) ?? [])].some((before) => !seen.has(before) && this.comesAfter(before, other, seen));
  }

  private remember(chart: Chart, before: Chart): void {
    if (chart === before) return;
    this.before.set(chart, (this.before.get(chart) ?? new Set()).add(before));
  }
}
