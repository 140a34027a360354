/** What a text of JSON says; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
    // Somebody else's file, cut off perhaps, is no mistake of the program.
    // eslint-disable-next-line no-restricted-syntax
  } catch {
    return undefined;
  }
}
