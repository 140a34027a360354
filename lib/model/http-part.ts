/** Requests of one kind: any of the methods on any of the paths of any of the hosts; an empty list limits nothing. */
export interface HttpPart {
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  /** Hosts, as requests name them; absent for all. */
  readonly hosts?: readonly string[];
  /** Of these paths, those that are not meant. */
  readonly notPaths?: readonly string[];
}
