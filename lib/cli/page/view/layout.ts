import { graphlib, layout } from '@dagrejs/dagre';
import type { Item, Line, Visible } from '../visible';
import type { Area, Spot } from './places';
import { type LineText, shortened, textOfLine } from './line-text';

export interface PlacedLine extends Area {
  readonly line: Line;
  readonly text: LineText;
  readonly points: readonly Spot[];
}

/** From left to right, or downwards. */
export type Direction = 'LR' | 'TB';

export interface Placed {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly items: readonly (Area & { readonly item: Item })[];
  readonly lines: readonly PlacedLine[];
  readonly boxes: readonly (Area & { readonly name: string; readonly plane: string })[];
}

export const LONGEST = 26;
const HEAD = 30;
const AROUND = 14;
const ITEM_HEIGHT = 50;

export type WidthOf = (text: string, size: number) => number;

// Beyond that, to try both ways takes too long.
const MOST_TRIED = 120;

/** Where everything goes, from left to right or downwards, whichever shows more in a frame. */
export function placedIn(
  frame: { readonly clientWidth: number; readonly clientHeight: number },
  visible: Visible,
  widthOf: WidthOf,
): Placed {
  const usual: Direction = frame.clientWidth < frame.clientHeight ? 'TB' : 'LR';
  const first = placed(visible, usual, widthOf);
  if (visible.items.length > MOST_TRIED) return first;
  const other = placed(visible, usual === 'LR' ? 'TB' : 'LR', widthOf);
  const scale = ({ width, height }: Placed): number => Math.min(frame.clientWidth / width, frame.clientHeight / height, 1);
  return scale(other) > 1.15 * scale(first) ? other : first;
}

/** Where everything goes: callers before those whom they call, a namespace together, and room for what stands on lines. */
function placed({ items, lines, boxes }: Visible, direction: Direction, widthOf: WidthOf): Placed {
  const graph = new graphlib.Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: direction, nodesep: 22, edgesep: 14, ranksep: 34, marginx: 24, marginy: 24 });
  for (const { name } of boxes) graph.setNode(boxId(name), {});
  for (const item of items) {
    graph.setNode(item.id, { ...sizeOf(item, widthOf) });
    if (item.namespace !== undefined) graph.setParent(item.id, boxId(item.namespace));
  }
  const texts = new Map(lines.map((line) => [line.id, textOfLine(line.edges, lines.length)]));
  for (const { id, caller, callee } of lines) graph.setEdge(caller, callee, { ...sizeOfText(texts.get(id)!, widthOf), labelpos: 'c' }, id);
  layout(graph);
  const areas = items.map((item) => ({ item, ...(graph.node(item.id) as Area) }));
  const areaOf = (id: string): Area => graph.node(id) as Area;
  return withMargins({
    direction,
    items: areas,
    lines: lines.map((line) => {
      const { points, ...area } = graph.edge(line.caller, line.callee, line.id) as Area & { points: Spot[] };
      const ends = fromSideToSide(points, areaOf(line.caller), areaOf(line.callee), direction);
      return { line, text: texts.get(line.id)!, ...area, points: ends };
    }),
    boxes: boxes.map((box) => ({ ...box, ...around(areas.filter(isIn(box.name)), widthOf(box.name, 14) + 110) })),
  });
}

/** A line leaves and arrives in the middle of a side, unless it goes back. */
function fromSideToSide(points: readonly Spot[], caller: Area, callee: Area, direction: Direction): Spot[] {
  const isAlong = direction === 'LR';
  const start = isAlong ? { x: caller.x + caller.width / 2, y: caller.y } : { x: caller.x, y: caller.y + caller.height / 2 };
  const end = isAlong ? { x: callee.x - callee.width / 2, y: callee.y } : { x: callee.x, y: callee.y - callee.height / 2 };
  const goesOn = isAlong ? start.x < end.x : start.y < end.y;
  return goesOn ? [start, ...points.slice(1, -1), end] : [...points];
}

function isIn(namespace: string): (placed: { readonly item: Item }) => boolean {
  return ({ item }) => item.namespace === namespace;
}

function boxId(namespace: string): string {
  return `box ${namespace}`;
}

function sizeOf({ title, subtitle }: Item, widthOf: WidthOf): { width: number; height: number } {
  const text = Math.max(widthOf(shortened(title, LONGEST), 14), widthOf(subtitle, 11.5));
  return { width: Math.max(110, text + 58), height: ITEM_HEIGHT };
}

function sizeOfText({ first, more }: LineText, widthOf: WidthOf): { width: number; height: number } {
  const widths = [widthOf(first, 12) + 26, ...more.map((row) => widthOf(row, 11))];
  return { width: Math.max(...widths) + 14, height: 10 + 16 * widths.length };
}

function around(areas: readonly Area[], least: number): Area {
  const [left, right] = [Math.min(...areas.map(({ x, width }) => x - width / 2)), Math.max(...areas.map(({ x, width }) => x + width / 2))];
  const [top, bottom] = [
    Math.min(...areas.map(({ y, height }) => y - height / 2)),
    Math.max(...areas.map(({ y, height }) => y + height / 2)),
  ];
  const width = Math.max(right - left + 2 * AROUND, least);
  return { x: (left + right) / 2, y: (top - HEAD + bottom + AROUND) / 2, width, height: bottom - top + HEAD + AROUND };
}

/** Moved so that nothing lies left of or above the picture, and as large as all that is in it. */
function withMargins({ direction, items, lines, boxes }: Omit<Placed, 'width' | 'height'>): Placed {
  const areas: readonly Area[] = [...items, ...boxes, ...lines];
  const points = lines.flatMap((line) => line.points);
  const left = Math.min(...areas.map(({ x, width }) => x - width / 2), ...points.map(({ x }) => x)) - AROUND;
  const top = Math.min(...areas.map(({ y, height }) => y - height / 2), ...points.map(({ y }) => y)) - AROUND;
  const right = Math.max(...areas.map(({ x, width }) => x + width / 2), ...points.map(({ x }) => x)) + AROUND;
  const bottom = Math.max(...areas.map(({ y, height }) => y + height / 2), ...points.map(({ y }) => y)) + AROUND;
  const moved = <Type extends Spot>(one: Type): Type => ({ ...one, x: one.x - left, y: one.y - top });
  return {
    direction,
    width: Math.max(right - left, 1),
    height: Math.max(bottom - top, 1),
    items: items.map(moved),
    boxes: boxes.map(moved),
    lines: lines.map((line) => ({ ...moved(line), points: line.points.map(moved) })),
  };
}
