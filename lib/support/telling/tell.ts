import { codePage } from './code-page';

interface Told {
  readonly code: string;
  /** Path of a construct, or the name of a value; empty for the App. */
  readonly path: string;
  readonly what: string;
  readonly got?: string;
  readonly fix: string;
  /** Line of user code. */
  readonly line?: string;
}

/** A mistake as people read it, thrown or found: the same parts in the same order. */
export function tell({ code, path, what, got, fix, line }: Told): string {
  const parts = { got, fix, 'declared at': line, page: codePage(code) };
  return [
    `${code} at ${path || 'the app'}: ${what}`,
    ...Object.entries(parts).flatMap(([name, text]) => (text === undefined ? [] : [`  ${name}: ${text}`])),
  ].join('\n');
}
