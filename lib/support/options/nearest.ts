/** The known word that was probably meant by another one: it differs in few letters, or one of them begins or ends with the other. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const meant = word.toLowerCase();
  const byDistance = known
    .map((each) => ({ each, distance: distanceOf(meant, each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [nearest] = byDistance.filter(({ each, distance }) => distance <= Math.max(1, Math.floor(Math.min(meant.length, each.length) / 3)));
  return nearest?.each ?? known.find((each) => isPart(meant, each.toLowerCase()) || isPart(each.toLowerCase(), meant));
}

function isPart(part: string, word: string): boolean {
  return part.length > 2 && (word.startsWith(part) || word.endsWith(part));
}

/** How many letters have to be added, left out, changed or swapped with their neighbour. */
export function distanceOf(from: string, to: string): number {
  let [before, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const steps = [last[column] + 1, next[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1)];
      next.push(Math.min(...steps, ...(isSwapped ? [before[column - 2] + 1] : [])));
    }
    [before, last] = [last, next];
  }
  return last[to.length];
}

/** The one known word that another must have been meant to be: capitals or marks between words differ alone, or a letter or two of a longer word, and no other is nearly as near. */
export function certainlyMeant(word: string, known: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const near = [...new Set(known)]
    .map((each) => ({ each, distance: distanceOf(bare(word), bare(each)) }))
    .sort((a, b) => a.distance - b.distance);
  const [nearest, next] = near;
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (!nearest || nearest.each === word || nearest.distance > most) return undefined;
  if (next && next.distance <= Math.min(nearest.distance + 1, most)) return undefined;
  return nearest.distance === 0 || isSlip(word, nearest.each) ? nearest.each : undefined;
}

/** Numbers and short parts are names of their own: `cart-v1` is no `cart-v2` with a wrong letter, nor `shop-eu` a `shop-us`. */
function isSlip(word: string, meant: string): boolean {
  const [parts, others] = [word, meant].map((text) => text.toLowerCase().split(/[-_./]/));
  const [digits, otherDigits] = [word, meant].map((text) => text.replace(/\D/g, ''));
  return (
    digits === otherDigits && parts.length === others.length && parts.every((part, index) => part === others[index] || part.length > 3)
  );
}
