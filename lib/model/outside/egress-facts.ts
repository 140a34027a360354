/** The pods through which connections leave the cluster. */
export interface EgressFacts {
  readonly key: string;
  readonly name: string;
  readonly namespaceName: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Full host name of its Service. */
  readonly host: string;
}
