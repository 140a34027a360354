import { UsageError, UsageErrors } from './outcome';

/** Mistakes of the caller, each in one line with its place; none for what is no mistake of theirs. */
export function complaintsOf(error: unknown): string[] {
  if (error instanceof UsageError) return [`error: ${error.message}`];
  if (error instanceof UsageErrors) return [...error.lines];
  if (!(error instanceof Error)) return [];
  if (error.name === 'MeshErrors') return (error as Error & { readonly errors: readonly Error[] }).errors.map(lineOf);
  if (error.name === 'MeshError') return [lineOf(error)];
  return 'syscall' in error ? [`error: ${systemText(error as NodeJS.ErrnoException)}`] : [];
}

/** `k8s/shop.yaml: permission denied`, of what a file system refuses. */
function systemText({ message, path }: NodeJS.ErrnoException): string {
  const [, reason = message] = /^\w+: (.*?),/.exec(message) ?? [];
  return path === undefined ? reason : `${path}: ${reason}`;
}

function lineOf({ message }: Error): string {
  const [first, ...lines] = message.split('\n');
  const [, code, at, what] = /^(\w+) at (.*?): (.*)$/s.exec(first) ?? [];
  const said = (name: string): string => lines.find((line) => line.startsWith(`  ${name}: `))?.slice(name.length + 4) ?? '';
  const place = /:\d+:\d+$/.test(at ?? '') ? `${at}: ` : '';
  return `${place}error ${code}: ${what}; got: ${said('got')}; fix: ${said('fix')}`;
}
