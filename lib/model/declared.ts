/** Where in the tree, and on which line of user code, something was said. */
export interface Declared {
  readonly path: string;
  readonly site?: { readonly line: string | undefined };
}

/** Keys and indexes that lead to a field of a manifest. */
export type FieldPath = readonly (string | number)[];

/** Where something stands in a text; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
