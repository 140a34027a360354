import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SETTLE } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import { ChartOrder } from './chart-order';

const orders = new WeakMap<Settled, ChartOrder>();
const latecomers = new WeakSet<IConstruct>();

/**
 * Has a construct's objects written after those of another one, in the same chart or in another, once it is there. What stands in the other one and comes later itself is
 * not waited for: two of one service would wait for each other.
 */
export function comeAfter(construct: IConstruct, first: () => IConstruct | undefined): void {
  latecomers.add(construct);
  Object.defineProperty(construct, SETTLE, {
    value: (settled: Settled) => {
      const target = first();
      if (target) punctual(target).forEach((object) => orderOf(settled, construct.node.root).put(construct, object));
    },
  });
}

/** The objects of a construct without those of latecomers in it. */
function punctual(construct: IConstruct): ApiObject[] {
  if (latecomers.has(construct)) return [];
  return [...(ApiObject.isApiObject(construct) ? [construct] : []), ...construct.node.children.flatMap(punctual)];
}

function orderOf(settled: Settled, root: IConstruct): ChartOrder {
  const known = orders.get(settled);
  if (known) return known;
  const order = new ChartOrder(root);
  orders.set(settled, order);
  return order;
}
