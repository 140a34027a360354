import type { Drawing } from '../drawing';
import { printable } from '../printable';
import { layoutOf, type Layout, type PlacedArrow, type PlacedBox, type PlacedItem, ROW_HEIGHT, type Spot, titleOf } from './layout';
import { STYLE } from './style';

/** A picture for light and dark, which needs nothing beside itself. */
export async function asSvg(drawing: Drawing, title: string): Promise<string> {
  const { width, height, items, arrows, boxes } = withLegend(await layoutOf(drawing));
  const size = `width="${whole(width)}" height="${whole(height)}" viewBox="0 0 ${whole(width)} ${whole(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="mesh-title mesh-about">`,
    `<title id="mesh-title">${text(title)}</title>`,
    `<desc id="mesh-about">${text(aboutOf(drawing))}</desc>`,
    `<style>${STYLE}</style>`,
    ARROW_HEADS,
    `<rect class="ground" width="100%" height="100%"/>`,
    ...boxes.map(boxText),
    ...arrows.map(lineText),
    ...items.map(itemText),
    ...arrows.map(labelText),
    legendText(height),
    '</svg>',
    '',
  ].join('\n');
}

const LEGEND = 30;
const LEGEND_WIDTH = 770;

function withLegend(layout: Layout): Layout {
  return { ...layout, width: Math.max(layout.width, LEGEND_WIDTH), height: layout.height + LEGEND };
}

const ARROW_HEADS = `<defs>${['yes', 'tls', 'no', 'unclear']
  .map(
    (word) =>
      `<marker id="head-${word}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head ${word}" d="M0 0L10 5L0 10z"/></marker>`,
  )
  .join('')}</defs>`;

function aboutOf({ items, arrows }: Drawing): string {
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  const calls = arrows.map(({ from, to, rows }) => `${titles.get(from)} calls ${titles.get(to)}: ${rows.join(', ')}.`);
  const open = items.flatMap(({ title, rows }) => rows.map((row) => `${title}: ${row}.`));
  return [...calls, ...open].join(' ') || 'Nobody calls anybody.';
}

function boxText({ x, y, width, height, title, box }: PlacedBox): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return [
    `<g class="box ${planeClass(box.plane)}">`,
    `<rect x="${whole(left)}" y="${whole(top)}" width="${whole(width)}" height="${whole(height)}" rx="10"/>`,
    `<text x="${whole(left + 12)}" y="${whole(top + 18)}">${text(title)}</text></g>`,
  ].join('');
}

function planeClass(plane: string): string {
  return ['sidecar', 'ambient'].includes(plane) ? plane : 'none';
}

const SHAPES: readonly string[] = ['service', 'workload', 'gateway', 'external', 'outside', 'anybody', 'namespace'];

function itemText({ x, y, width, height, item, rows }: PlacedItem): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const radius = ['external', 'outside', 'anybody'].includes(item.kind) ? Math.min(height / 2, 22) : 7;
  const lines = rows.map(
    (row, index) => `<text class="row" x="${whole(x)}" y="${whole(top + 37 + index * ROW_HEIGHT)}">${text(row)}</text>`,
  );
  return [
    `<g class="item ${SHAPES.includes(item.kind) ? item.kind : 'service'}"><title>${text(item.about)}</title>`,
    `<rect x="${whole(left)}" y="${whole(top)}" width="${whole(width)}" height="${whole(height)}" rx="${whole(radius)}"/>`,
    `<text class="name" x="${whole(x)}" y="${whole(top + 20)}">${text(titleOf(item))}</text>`,
    ...lines,
    '</g>',
  ].join('');
}

function lineText({ arrow, points }: PlacedArrow): string {
  return `<g class="arrow ${arrow.protection}"><title>${text(arrow.about.join('\n'))}</title><path d="${curve(points)}" marker-end="url(#head-${arrow.protection})"/></g>`;
}

function labelText({ x, y, width, height, rows }: PlacedArrow): string {
  const top = y - height / 2;
  const lines = rows.map((row, index) => `<text x="${whole(x)}" y="${whole(top + 13 + index * ROW_HEIGHT)}">${text(row)}</text>`);
  const ground = `<rect x="${whole(x - width / 2)}" y="${whole(top)}" width="${whole(width)}" height="${whole(height)}" rx="4"/>`;
  return `<g class="label">${ground}${lines.join('')}</g>`;
}

/** Through the middles between the points, bent at the points. */
function curve(points: readonly Spot[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1)!;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1];
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `M${at(first)}${bends.join('')}L${at(last)}`;
}

function at({ x, y }: Spot): string {
  return `${whole(x)} ${whole(y)}`;
}

function legendText(height: number): string {
  const y = whole(height - 14);
  const entries = [
    ['yes', 'mutual TLS of the mesh'],
    ['tls', 'TLS of the two ends'],
    ['no', 'no TLS'],
    ['unclear', 'nobody can tell'],
  ] as const;
  const drawn = entries.map(([protection, word], index) => {
    const x = 16 + index * 190;
    return `<g class="arrow ${protection}"><path d="M${x} ${y}L${x + 34} ${y}"/></g><text x="${x + 42}" y="${Number(y) + 4}">${word}</text>`;
  });
  return `<g class="legend">${drawn.join('')}</g>`;
}

/** With a tenth, so that pictures are the same on every machine. */
function whole(number: number): string {
  return String(Math.round(number * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function text(row: string): string {
  const lines = row.split('\n').map(printable);
  return lines.join('\n').replace(/[&<>"']/g, (letter) => ENTITIES[letter]);
}
