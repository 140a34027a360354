import pc from 'picocolors';
import { Verdicts, type YamlFile } from 'istio-constructs';
import { type Section, sectionsOf } from '../report/sections';
import { CLEAN, type Outcome } from '../outcome';

export type ReportFormat = 'markdown' | 'text' | 'json';

/** Who may call whom, for reviewers. It judges nothing, so that it is clean whatever it shows. */
export function report(files: readonly YamlFile[], format: ReportFormat): Outcome {
  const verdicts = Verdicts.ofFiles(...files);
  return { text: WRITERS[format](sectionsOf(verdicts)), code: CLEAN, notes: verdicts.assumptions };
}

const WRITERS: Readonly<Record<ReportFormat, (sections: readonly Section[]) => string>> = {
  markdown: asMarkdown,
  text: (sections) => sections.map(asText).join('\n'),
  json: (sections) => `${JSON.stringify({ sections: sections.map(asData) }, undefined, 2)}\n`,
};

const ABOUT = 'Written by `istio-constructs report`, for reviews: who may call whom, as the manifests have it.';

function asMarkdown(sections: readonly Section[]): string {
  const parts = sections.map(({ title, columns, rows }) => {
    const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(inCell))].map((cells) => `| ${cells.join(' | ')} |`);
    return `## ${inCell(title)}\n\n${lines.join('\n')}\n`;
  });
  return ['# Access\n', `${ABOUT}\n`, ...parts].join('\n');
}

// What stands in a name must neither end its cell nor be markup.
function inCell(text: string): string {
  return text.replace(/[*_<>[\]|`\\]/g, '\\$&').replace(/\r?\n/g, '<br>');
}

function asText({ title, columns, rows }: Section): string {
  const lines = rows.flatMap((row) => {
    const [first, ...others] = row.map((cell) => cell.replaceAll('\n', ', '));
    const said = others.flatMap((cell, index) => (cell === '' ? [] : [`    ${columns[index + 1]}: ${cell}`]));
    return [`  ${first}`, ...said];
  });
  return [pc.bold(title), ...lines, ''].join('\n');
}

function asData({ title, columns, rows }: Section): object {
  const named = rows.map((row) =>
    Object.fromEntries(row.map((cell, index) => [columns[index], cell.split('\n').filter((line) => line !== '')])),
  );
  return { title, rows: named };
}
