import type { Arrow, Drawing, Item } from './drawing';
import { boxTitle } from './mermaid';
import { printable } from './printable';

/** A graph of Graphviz: `dot -Tsvg mesh.dot`. */
export function asDot({ boxes, items, arrows }: Drawing): string {
  const names = new Map(items.map(({ id }, index) => [id, `n${index}`]));
  const known = new Set(boxes.map(({ name }) => name));
  const others = items.filter(({ box }) => box === undefined || !known.has(box));
  const node = (item: Item): string => `${names.get(item.id)} [${attributesOf(item)}];`;
  return [
    'digraph mesh {',
    '  rankdir=LR; compound=true; fontname="Helvetica,Arial,sans-serif";',
    '  node [fontname="Helvetica,Arial,sans-serif", fontsize=12, shape=box, style="rounded"];',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10];',
    ...others.map((item) => `  ${node(item)}`),
    ...boxes.flatMap((box, index) => [
      `  subgraph cluster_${index} {`,
      `    label=${quoted([boxTitle(box)])}; style="rounded";`,
      ...items.filter((item) => item.box === box.name).map((item) => `    ${node(item)}`),
      '  }',
    ]),
    ...arrows.map((arrow) => `  ${names.get(arrow.from)} -> ${names.get(arrow.to)} [${arrowAttributes(arrow)}];`),
    '}',
    '',
  ].join('\n');
}

const SHAPES: Readonly<Record<string, string>> = {
  gateway: 'hexagon',
  external: 'ellipse',
  outside: 'circle',
  anybody: 'cds',
  namespace: 'folder',
};

function attributesOf({ kind, title, subtitle, rows, about }: Item): string {
  const shape = SHAPES[kind] ? `, shape=${SHAPES[kind]}` : '';
  return `label=${quoted([title, subtitle, ...rows])}, tooltip=${quoted(about.split('\n'))}${shape}`;
}

const STYLES: Readonly<Record<Arrow['protection'], string>> = { yes: 'solid', tls: 'solid', no: 'dashed', unclear: 'dotted' };

function arrowAttributes({ rows, protection, about }: Arrow): string {
  return `label=${quoted(rows)}, tooltip=${quoted(about)}, style=${STYLES[protection]}`;
}

/** Rows as one text: a backslash is a word of Graphviz, and what begins with an ampersand is read as HTML has it. */
function quoted(rows: readonly string[]): string {
  const escaped = rows.map((row) => printable(row).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${escaped.join('\\n')}"`;
}
