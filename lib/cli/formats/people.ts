import pc from 'picocolors';
import { counted, type Issue, placeOf } from './issue';

export { exampleText, objectText } from './verdict-facts';

const PAINT: Readonly<Record<Issue['level'], (text: string) => string>> = { error: pc.red, warning: pc.yellow, info: pc.blue };

/** A line for each, with its place first, so that terminals and editors jump there. */
export function asText(issues: readonly Issue[]): string {
  const lines = issues.flatMap((issue) => {
    const { level, code, text, details } = issue;
    const place = placeOf(issue);
    return [
      `${place === '' ? '' : `${pc.bold(place)}: `}${PAINT[level](level)} ${code}: ${text}`,
      ...details.map((line) => pc.dim(`  ${line}`)),
    ];
  });
  return [...lines, counted(issues), ''].join('\n');
}

/** A table, as a comment of a pull request shows it. */
export function asMarkdown(title: string, issues: readonly Issue[]): string {
  const rows = issues.map(
    (issue) => `| ${issue.level} | ${issue.code} | ${cell(placeOf(issue))} | ${cell([issue.text, ...issue.details].join('<br>'))} |`,
  );
  const table = rows.length > 0 ? ['', '| | code | where | what |', '|---|---|---|---|', ...rows] : [];
  return [`## ${title}`, '', counted(issues), ...table, ''].join('\n');
}

/** Things that are told alike but for who it is: of each kind one, with all their names. */
export function together<T>(items: readonly T[], nameOf: (item: T) => string, likeness: (item: T) => string): [string, T][] {
  const groups = new Map<string, { readonly item: T; readonly names: string[] }>();
  for (const item of items) {
    const group = groups.get(likeness(item)) ?? { item, names: [] };
    groups.set(likeness(item), { ...group, names: [...group.names, nameOf(item)] });
  }
  return [...groups.values()].map(({ item, names }) => [names.join(', '), item]);
}

export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
