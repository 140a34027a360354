/** The same but for one letter: another one, one too many, one too few, or two that are swapped. */
export function isSlip(written: string, known: string): boolean {
  const start = [...known].findIndex((letter, index) => letter !== written[index]);
  if (start < 0) return written.length <= known.length + 1;
  const [here, there] = [written.slice(start), known.slice(start)];
  const swapped = (here[1] ?? '') + here[0] + here.slice(2);
  return [here.slice(1) === there.slice(1), here.slice(1) === there, here === there.slice(1), swapped === there].includes(true);
}
