/** What is said several times, in order. */
export function several(value: string, before: string[] = []): string[] {
  return [...before, value];
}
