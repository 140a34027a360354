export type FindingLevel = 'error' | 'warning' | 'info';

/** One thing the rules have to say. */
export interface Finding {
  readonly code: string;
  readonly level: FindingLevel;
  readonly title: string;
  /** Construct path, or the place in a text. */
  readonly path: string;
  readonly message: string;
  readonly got?: string;
  readonly fix: string;
  /** Line of user code. */
  readonly declaredAt?: string;
  /** Reason of the acknowledgement that silences it. */
  readonly acknowledged?: string;
}
