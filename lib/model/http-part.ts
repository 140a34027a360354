/** Requests of one kind: any of the methods on any of the paths; an empty list limits nothing. */
export interface HttpPart {
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  /** Of these paths, those that are not meant. */
  readonly notPaths?: readonly string[];
}
