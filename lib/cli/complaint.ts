import { UsageError } from './outcome';

/** A mistake of the caller in one line, with its place; undefined for what is none. */
export function complaintOf(error: unknown): string | undefined {
  if (error instanceof UsageError) return `error: ${error.message}`;
  if (!(error instanceof Error) || error.name !== 'MeshError') return undefined;
  const [first, ...lines] = error.message.split('\n');
  const [, code, at, what] = /^(\w+) at (.*?): (.*)$/s.exec(first) ?? [];
  const said = (name: string): string => lines.find((line) => line.startsWith(`  ${name}: `))?.slice(name.length + 4) ?? '';
  const place = /:\d+:\d+$/.test(at ?? '') ? `${at}: ` : '';
  return `${place}error ${code}: ${what}; got: ${said('got')}; fix: ${said('fix')}`;
}
