/** Whether a version of numbers, `1.30.5`, comes before another one. */
export function isBefore(version: string, other: string): boolean {
  return padded(version) < padded(other);
}

/** The same version as a text that sorts as versions do. */
export function padded(version: string): string {
  return version
    .split('.')
    .map((part) => part.padStart(4, '0'))
    .join('.');
}
