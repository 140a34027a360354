import { readable } from '../../support/deferred';

/** A cell is a text, or several that stand below each other. */
export type Row = readonly (string | readonly string[])[];

/** A heading over something; nothing where there is nothing to say. */
export function section(title: string, text: string): string {
  return text === '' ? '' : `## ${plain(title)}\n\n${text}`;
}

/** A table with each row once, in their order; nothing without rows. */
export function table(columns: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(cellText))].map((cells) => `| ${cells.join(' | ')} |`);
  return `${[...new Set(lines)].join('\n')}\n`;
}

/** Something that is to be read letter by letter. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function cellText(cell: Row[number]): string {
  return (typeof cell === 'string' ? [cell] : cell).map(plain).join('<br>');
}

// What stands in a name or a reason must neither end its cell nor be markup.
function plain(text: string): string {
  const words = readable(text).replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return words
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[*_<>[\]]/g, '\\$&')))
    .join('');
}
