import type { Spot } from './places';

const WAYS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The next thing in the direction of an arrow key: what lies nearer to its way goes before what is only near. */
export function nearestTowards<Type extends Spot>(key: string, from: Type, all: readonly Type[]): Type | undefined {
  const way = WAYS[key];
  if (!way) return undefined;
  const ahead = all.flatMap((one) => {
    const [x, y] = [one.x - from.x, one.y - from.y];
    const along = x * way.x + y * way.y;
    const aside = Math.abs(x * way.y) + Math.abs(y * way.x);
    return one !== from && along > 1 ? [{ one, cost: along + 2.5 * aside }] : [];
  });
  return ahead.sort((one, other) => one.cost - other.cost)[0]?.one;
}
