/** A page stands alone: it has no pages of codes beside it. */
export function codePage(): undefined {
  return undefined;
}
