/** Where in the tree, and on which line of user code, something was said. */
export interface Declared {
  readonly path: string;
  readonly site?: { readonly line: string | undefined };
}
