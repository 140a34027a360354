import type { Arrow, Box, Drawing, Item } from './drawing';
import { printable } from './printable';

/** A flowchart of Mermaid, as GitHub and GitLab draw it in Markdown. */
export function asMermaid({ boxes, items, arrows }: Drawing): string {
  const names = new Map(items.map(({ id }, index) => [id, `n${index}`]));
  const nodes = (some: readonly Item[], indent: string): string[] => some.map((item) => `${indent}${nodeText(names.get(item.id)!, item)}`);
  const inBoxes = boxes.flatMap(({ name, plane }, index) => [
    `  subgraph b${index}["${text(boxTitle({ name, plane }))}"]`,
    ...nodes(
      items.filter(({ box }) => box === name),
      '    ',
    ),
    '  end',
  ]);
  const known = new Set(boxes.map(({ name }) => name));
  const others = items.filter(({ box }) => box === undefined || !known.has(box));
  const lines = arrows.map(
    (arrow) => `  ${names.get(arrow.from)} ${ARROWS[arrow.protection]}|"${arrow.rows.map(text).join('<br/>')}"| ${names.get(arrow.to)}`,
  );
  return ['flowchart LR', ...nodes(others, '  '), ...inBoxes, ...lines, ...classes(items, names), ''].join('\n');
}

export function boxTitle({ name, plane }: Box): string {
  return `${name} (${plane === 'none' ? 'outside the mesh' : plane})`;
}

/** Dotted where anybody on the way can read it, or nobody can tell. */
const ARROWS: Readonly<Record<Arrow['protection'], string>> = { yes: '-->', tls: '-->', no: '-.->', unclear: '-.->' };

const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  service: ['[', ']'],
  workload: ['(', ')'],
  gateway: ['{{', '}}'],
  external: ['([', '])'],
  outside: ['((', '))'],
  anybody: ['>', ']'],
  namespace: ['[[', ']]'],
};

function nodeText(name: string, { kind, title, subtitle, rows }: Item): string {
  const [before, after] = SHAPES[kind] ?? SHAPES.service;
  return `${name}${before}"${[title, subtitle, ...rows].map(text).join('<br/>')}"${after}`;
}

const KNOWN = /[^\p{L}\p{N} /,_:()]/gu;

// Two dollars begin a formula, unless something stands between them that nobody sees.
const FORMULA = '$\u200b';

/** Mermaid reads HTML, Markdown and its own words in texts: whatever is neither a letter nor harmless is written by its number. */
function text(row: string): string {
  return printable(row)
    .replace(/\$(?=\$)/g, () => FORMULA)
    .replace(KNOWN, (letter) => `#${letter.codePointAt(0)};`);
}

const STYLES: Readonly<Record<string, string>> = { external: 'stroke-dasharray: 4 3', namespace: 'stroke-width: 2px' };

function classes(items: readonly Item[], names: ReadonlyMap<string, string>): string[] {
  return Object.entries(STYLES).flatMap(([kind, style]) => {
    const own = items.filter((item) => item.kind === kind).map(({ id }) => names.get(id));
    return own.length > 0 ? [`  classDef ${kind} ${style}`, `  class ${own.join(',')} ${kind}`] : [];
  });
}
