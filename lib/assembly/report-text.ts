import type { Finding } from '../model/finding';

/** A finding as people read it: the same parts, in the same order, as an error that is thrown. */
export function findingText(finding: Finding): string {
  const { code, path, message, got, fix, declaredAt } = finding;
  return [
    `${code} at ${path || 'the app'}: ${message}`,
    ...(got === undefined ? [] : [`  got: ${got}`]),
    `  fix: ${fix}`,
    ...(declaredAt === undefined ? [] : [`  declared at: ${declaredAt}`]),
  ].join('\n');
}
