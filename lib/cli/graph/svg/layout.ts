import type { Arrow, Box, Drawing, Item } from '../drawing';
import { boxTitle } from '../mermaid';
import { printable, shortened } from '../printable';
import { widthOf } from './text-width';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its centre. */
export interface Area extends Spot {
  readonly width: number;
  readonly height: number;
}

export interface PlacedItem extends Area {
  readonly item: Item;
  readonly rows: readonly string[];
}

export interface PlacedArrow extends Area {
  readonly arrow: Arrow;
  readonly rows: readonly string[];
  readonly points: readonly Spot[];
}

export interface PlacedBox extends Area {
  readonly box: Box;
  readonly title: string;
}

/** A drawing with a place for everything in it. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly items: readonly PlacedItem[];
  readonly arrows: readonly PlacedArrow[];
  readonly boxes: readonly PlacedBox[];
}

export const TITLE_SIZE = 14;
export const ROW_SIZE = 11;
export const ROW_HEIGHT = 15;
const LONGEST = 46;
const MARGIN = 16;
const HEAD = 26;
const AROUND = 14;

/** Callers before those whom they call, a namespace together, and room for what stands on arrows. */
export async function layoutOf({ boxes, items, arrows }: Drawing): Promise<Layout> {
  const { graphlib, layout: arrange } = await import('@dagrejs/dagre');
  const graph = new graphlib.Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 26, edgesep: 16, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  const boxIds = new Map(boxes.map(({ name }, index) => [name, `box ${index}`]));
  const itemIds = new Map(items.map(({ id }, index) => [id, `item ${index}`]));
  for (const id of boxIds.values()) graph.setNode(id, {});
  for (const item of items) {
    graph.setNode(itemIds.get(item.id)!, sizeOfItem(item));
    const box = item.box === undefined ? undefined : boxIds.get(item.box);
    if (box !== undefined) graph.setParent(itemIds.get(item.id)!, box);
  }
  arrows.forEach((arrow, index) => {
    graph.setEdge(itemIds.get(arrow.from)!, itemIds.get(arrow.to)!, { ...sizeOfRows(shown(arrow.rows)), labelpos: 'c' }, `${index}`);
  });
  for (const [first, second] of folded(items, arrows)) graph.setEdge(itemIds.get(first)!, itemIds.get(second)!, {}, 'fold');
  arrange(graph);
  const placed = items.map((item) => ({ ...areaIn(graph, itemIds.get(item.id)!), item, rows: shown(rowsOf(item)) }));
  const drawn = arrows.map((arrow, index): PlacedArrow => {
    const { points, x, y, width, height } = graph.edge(itemIds.get(arrow.from)!, itemIds.get(arrow.to)!, `${index}`) as Area & Way;
    return { arrow, rows: shown(arrow.rows), points, x, y, width, height };
  });
  return withMargins(
    placed,
    drawn,
    boxes.map((box) => around(box, placed)),
  );
}

/** Items without arrows would be one long column: pairs of which the second stands beside the first make several. */
function folded(items: readonly Item[], arrows: readonly Arrow[]): [string, string][] {
  const tied = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const groups = new Map<string | undefined, string[]>();
  for (const { id, box } of items) if (!tied.has(id)) groups.set(box, [...(groups.get(box) ?? []), id]);
  return [...groups.values()].flatMap((ids) => {
    const rows = Math.ceil(Math.sqrt(ids.length) * 1.5);
    return ids.slice(rows).map((id, index): [string, string] => [ids[index], id]);
  });
}

interface Way {
  readonly points: readonly Spot[];
}

function areaIn(graph: { node(id: string): unknown }, id: string): Area {
  const { x, y, width, height } = graph.node(id) as Area;
  return { x, y, width, height };
}

/** What stands in an item under its title. */
function rowsOf({ subtitle, rows }: Item): readonly string[] {
  return [subtitle, ...rows];
}

function shown(rows: readonly string[]): string[] {
  return rows.map((row) => shortened(printable(row), LONGEST));
}

export function titleOf({ title }: Item): string {
  return shortened(printable(title), LONGEST);
}

function sizeOfItem(item: Item): Pick<Area, 'width' | 'height'> {
  const rows = shown(rowsOf(item));
  const width = Math.max(widthOf(titleOf(item), TITLE_SIZE) * 1.08, ...rows.map((row) => widthOf(row, ROW_SIZE)));
  return { width: Math.max(100, width + 28), height: 30 + ROW_HEIGHT * rows.length };
}

function sizeOfRows(rows: readonly string[]): Pick<Area, 'width' | 'height'> {
  return { width: Math.max(...rows.map((row) => widthOf(row, ROW_SIZE))) + 10, height: ROW_HEIGHT * rows.length + 4 };
}

function around(box: Box, items: readonly PlacedItem[]): PlacedBox {
  const title = shortened(printable(boxTitle(box)), LONGEST);
  const inside = items.filter(({ item }) => item.box === box.name);
  const [left, right, top, bottom] = edgesOf(inside);
  const width = Math.max(right - left + 2 * AROUND, widthOf(title, TITLE_SIZE) * 1.08 + 2 * AROUND);
  return { box, title, x: (left + right) / 2, y: (top - HEAD + bottom + AROUND) / 2, width, height: bottom - top + HEAD + AROUND };
}

function edgesOf(areas: readonly Area[]): [number, number, number, number] {
  return [
    least(areas.map(({ x, width }) => x - width / 2)),
    most(areas.map(({ x, width }) => x + width / 2)),
    least(areas.map(({ y, height }) => y - height / 2)),
    most(areas.map(({ y, height }) => y + height / 2)),
  ];
}

const least = (numbers: readonly number[]): number => numbers.reduce((found, one) => Math.min(found, one), Infinity);
const most = (numbers: readonly number[]): number => numbers.reduce((found, one) => Math.max(found, one), -Infinity);

/** Moved so that all of it begins at the margin. */
function withMargins(items: readonly PlacedItem[], arrows: readonly PlacedArrow[], boxes: readonly PlacedBox[]): Layout {
  const points = arrows.flatMap((arrow) => arrow.points.map((point) => ({ ...point, width: 0, height: 0 })));
  const areas = [...items, ...arrows, ...boxes, ...points];
  if (areas.length === 0) return { width: 2 * MARGIN, height: 2 * MARGIN, items, arrows, boxes };
  const [left, right, top, bottom] = edgesOf(areas);
  const moved = <T extends Spot>(one: T): T => ({ ...one, x: one.x - left + MARGIN, y: one.y - top + MARGIN });
  return {
    width: right - left + 2 * MARGIN,
    height: bottom - top + 2 * MARGIN,
    items: items.map(moved),
    arrows: arrows.map((arrow) => ({ ...moved(arrow), points: arrow.points.map(moved) })),
    boxes: boxes.map(moved),
  };
}
