/** The same answers, each worked out once: for texts that come again and again. */
export function remembered<T>(answerTo: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const kept = known.get(text);
    if (kept) return kept.value;
    const value = answerTo(text);
    known.set(text, { value });
    return value;
  };
}
