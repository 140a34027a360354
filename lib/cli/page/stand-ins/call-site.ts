/** In a page nobody's program has said anything: there is no line to tell. */
export const CallSite = {
  ofError: (): { readonly line: undefined; readonly userFrames: readonly string[] } => ({ line: undefined, userFrames: [] }),
};
