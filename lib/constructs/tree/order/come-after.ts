import type { IConstruct } from 'constructs';
import { SETTLE } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import { ChartOrder } from './chart-order';

const orders = new WeakMap<Settled, ChartOrder>();

/** Has a construct's objects written after another one, in the same chart or in another, once it is there. */
export function comeAfter(construct: IConstruct, first: () => IConstruct | undefined): void {
  Object.defineProperty(construct, SETTLE, {
    value: (settled: Settled) => {
      const target = first();
      if (target) orderOf(settled, construct.node.root).put(construct, target);
    },
  });
}

function orderOf(settled: Settled, root: IConstruct): ChartOrder {
  const known = orders.get(settled);
  if (known) return known;
  const order = new ChartOrder(root);
  orders.set(settled, order);
  return order;
}
