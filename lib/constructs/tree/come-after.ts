import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SETTLE } from '../../graph/settle';
import type { Settled } from '../../graph/settled';

/** For each chart those that are written before it. */
type ChartOrder = Map<Chart, Set<Chart>>;

const orders = new WeakMap<Settled, ChartOrder>();

/**
 * Has a construct's objects written after another one, in the same chart or in another, once it is there. Where the charts are to be written the other
 * way round already, it stays with that: cdk8s refuses circles.
 */
export function comeAfter(construct: IConstruct, first: () => IConstruct | undefined): void {
  Object.defineProperty(construct, SETTLE, {
    value: (settled: Settled) => {
      const target = first();
      if (target) orderTwo(construct, target, orderOf(settled, construct.node.root));
    },
  });
}

function orderTwo(later: IConstruct, first: IConstruct, order: ChartOrder): void {
  const [chart, before] = [Chart.of(later), Chart.of(first)];
  if (chart !== before && comesAfter(before, chart, order)) return;
  later.node.addDependency(first);
  remember(chart, before, order);
}

function comesAfter(chart: Chart, other: Chart, order: ChartOrder, seen = new Set<Chart>()): boolean {
  if (chart === other) return true;
  seen.add(chart);
  return [...(order.get(chart) ?? [])].some((before) => !seen.has(before) && comesAfter(before, other, order, seen));
}

function orderOf(settled: Settled, root: IConstruct): ChartOrder {
  const known = orders.get(settled);
  if (known) return known;
  const order: ChartOrder = new Map();
  for (const node of root.node.findAll()) {
    for (const dependency of node.node.dependencies) remember(Chart.of(node), Chart.of(dependency), order);
    // cdk8s writes a chart that stands right in another one before it.
    const parent = node.node.scope;
    if (Chart.isChart(node) && Chart.isChart(parent)) remember(parent, node, order);
  }
  orders.set(settled, order);
  return order;
}

function remember(chart: Chart, before: Chart, order: ChartOrder): void {
  if (chart === before) return;
  order.set(chart, (order.get(chart) ?? new Set()).add(before));
}
