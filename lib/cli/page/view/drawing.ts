import { shape } from '../dom';
import { nameOf } from '../filter';
import { type Direction, LONGEST, type Placed, type PlacedLine } from './layout';
import type { Area, Spot } from './places';
import { ANYBODY, shortened, spokenLine } from './line-text';

/** Something on the map that can be chosen. */
export interface Drawn extends Spot {
  readonly id: string;
  readonly element: SVGElement;
  /** What belongs to it and lies under everything else. */
  readonly way?: SVGElement;
}

/** Symbols by which things are told apart without their colours, in a square of 16. */
const SYMBOLS: Readonly<Record<string, string>> = {
  service: 'M3 3h10v10H3z',
  gateway: 'M2 8l4-6h4l4 6-4 6H6z',
  workload: 'M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6',
  external: 'M8 2a6 6 0 100 12A6 6 0 008 2zM2 8h12M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12',
  anybody: 'M6 3a2 2 0 100 4 2 2 0 000-4zM2 13c0-5 8-5 8 0M11 4a1.8 1.8 0 110 3.6M11.5 9.5c1.6.3 2.7 1.5 2.7 3.5',
  outside: 'M8 2.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM3 14c0-6 10-6 10 0',
  namespace: 'M2 4h5l1.5 2H14v7H2zM5 9.5h6',
  yes: 'M4.5 7.5h7V13h-7zM6 7.5V5a2 2 0 014 0v2.5',
  no: 'M4.5 7.5h7V13h-7zM6 7.5V4.6a2 2 0 013.9-.4M3 14.5L13 2.5',
  unclear: 'M5.6 5.8a2.4 2.4 0 114 1.8c-1 .8-1.6 1.2-1.6 2.6M8 12.6v.8',
};

export function symbol(name: string, at: Spot, size = 16): SVGElement {
  const place = `translate(${at.x - size / 2} ${at.y - size / 2}) scale(${size / 16})`;
  return shape('path', { d: SYMBOLS[name], transform: place, class: `symbol symbol-${name}`, 'aria-hidden': 'true' });
}

/** An item of the map. */
export function drawnItem({ item, ...area }: Placed['items'][number]): Drawn {
  const { x, y, width, height } = area;
  const left = x - width / 2;
  const spoken = `${item.node ? nameOf(item.node) : `namespace ${item.title}`} ${item.subtitle}${item.isOpenToAnybody ? ', open to anybody' : ''}`;
  const made = shape(
    'g',
    { class: `item item-${item.kind}`, role: 'button', tabindex: -1, 'aria-label': spoken, 'data-id': item.id },
    shape('title', {}, item.title),
    rectangle(area, ['external', 'outside', 'anybody'].includes(item.kind) ? height / 2 : 9),
    ...(item.kind === 'namespace' ? [rectangle({ ...area, x: x + 4, y: y - 4 }, 9, 'behind')] : []),
    symbol(item.kind, { x: left + 23, y }),
    words(shortened(item.title, LONGEST), { x: left + 42, y: y - 3 }, 'name'),
    ' ',
    words(item.subtitle, { x: left + 42, y: y + 14 }, 'more'),
    ...(item.isOpenToAnybody ? [badge({ x: x + width / 2 - 6, y: y - height / 2 + 2 })] : []),
  );
  const behind = made.querySelector('.behind');
  if (behind) made.prepend(behind);
  return { id: item.id, element: made, x, y };
}

/** A namespace that is open. */
export function drawnBox({ name, plane, ...area }: Placed['boxes'][number]): Drawn {
  const [left, top] = [area.x - area.width / 2, area.y - area.height / 2];
  const planeText = plane === 'none' ? 'no mesh' : plane;
  const head = shape(
    'g',
    {
      class: 'box-head',
      role: 'button',
      tabindex: -1,
      'aria-expanded': 'true',
      'aria-label': `namespace ${name} ${planeText}, open`,
      'data-id': `box ${name}`,
    },
    rectangle({ x: area.x, y: top + 14, width: area.width, height: 28 }, 10, 'hit'),
    words(shortened(name, LONGEST), { x: left + 14, y: top + 20 }, 'name'),
    ' ',
    shape('text', { x: left + area.width - 14, y: top + 20, class: 'more', 'text-anchor': 'end' }, planeText),
  );
  const made = shape('g', { class: `box box-${plane}` }, rectangle(area, 12), head);
  return { id: `box ${name}`, element: made, x: area.x, y: top + 14 };
}

/** A line, by what stands on it; the way itself lies under everything else. */
export function drawnLine(placed: PlacedLine, direction: Direction, names: ReadonlyMap<string, string>): Drawn {
  const { line, text, points, x, y, width, height } = placed;
  const kind = kindOf(line.edges);
  const left = x - width / 2;
  const first = y - height / 2 + 17;
  const way = drawnWay(line.id, kind, wayThrough(points, direction));
  const spoken = spokenLine(names.get(line.caller) ?? line.caller, names.get(line.callee) ?? line.callee, text);
  const made = shape(
    'g',
    {
      class: `line ${text.isPlain ? 'plain' : ''} mtls-${text.mtls}`,
      role: 'button',
      tabindex: -1,
      'aria-label': spoken,
      'data-id': line.id,
    },
    rectangle({ x, y, width, height: height - 2 }, 7, 'label'),
    symbol(text.mtls, { x: left + 14, y: first - 4 }, 15),
    words(text.first, { x: left + 26, y: first }, 'name'),
    ...text.more.flatMap((row, index) => [
      ' ',
      words(row, { x: left + 7, y: first + 16 * (index + 1) - 1 }, row === ANYBODY ? 'more anybody' : 'more'),
    ]),
  );
  return { id: line.id, element: made, way, x, y };
}

function drawnWay(id: string, kind: string, d: string): SVGElement {
  const visible = shape('path', { d, class: 'way', 'marker-end': `url(#arrow-${kind})` });
  return shape('g', { class: `line line-${kind}`, 'data-id': id }, visible, shape('path', { d, class: 'touch' }));
}

/** By its protocol, where all calls on it have one. */
function kindOf(edges: PlacedLine['line']['edges']): string {
  const protocols = new Set(edges.map(({ protocol }) => protocol.toLowerCase()));
  return protocols.size === 1 ? [...protocols][0] : 'several';
}

function rectangle({ x, y, width, height }: Area, rounded: number, name = 'area'): SVGElement {
  return shape('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: rounded, class: name });
}

function words(text: string, { x, y }: Spot, name: string): SVGElement {
  return shape('text', { x, y, class: name }, text);
}

function badge({ x, y }: Spot): SVGElement {
  const [circle, mark] = [shape('circle', { cx: x, cy: y, r: 8.5 }), shape('text', { x, y: y + 4, 'text-anchor': 'middle' }, '!')];
  return shape('g', { class: 'badge', 'aria-hidden': 'true' }, circle, mark);
}

/** A smooth way through all of its points, for on one of them stands its label; from one to the next it begins and ends in the direction of the picture. */
function wayThrough(points: readonly Spot[], direction: Direction): string {
  const curves = points.slice(1).map((point, index) => {
    const start = points[index];
    const middle = { x: (start.x + point.x) / 2, y: (start.y + point.y) / 2 };
    const [leaving, arriving] = [start, point].map(({ x, y }) => (direction === 'LR' ? { x: middle.x, y } : { x, y: middle.y }));
    return `C${round(leaving)} ${round(arriving)} ${round(point)}`;
  });
  return `M${round(points[0])} ${curves.join(' ')}`;
}

function round({ x, y }: Spot): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
