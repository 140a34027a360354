import type { Verdict, VerdictObject } from 'istio-constructs';
import type { Rule } from '../inputs/rule';

/** What became of a rule. */
export interface Checked {
  readonly rule: Rule;
  /** On the request of a rule about one; none where nobody can judge, such as a name that nobody has. */
  readonly verdict?: Verdict;
  /** What is not as it was expected; empty where all is. */
  readonly wrong: readonly Wrong[];
  /** Whether nobody can judge it. */
  readonly isUnclear?: boolean;
}

export interface Wrong {
  readonly text: string;
  /** What else there is to say. */
  readonly details: readonly string[];
  /** Requests by which a rule about all of them does not hold. */
  readonly counterexample?: Counterexample;
}

/** Requests that should not arrive as they do. */
export interface Counterexample {
  readonly callers: readonly string[];
  readonly callee: string;
  readonly requests: string;
  /** One of them: `GET /items/`. */
  readonly example?: string;
  readonly decidedBy: readonly Pick<VerdictObject, 'kind' | 'namespaceName' | 'name' | 'file' | 'line' | 'column'>[];
  readonly closedBy: string;
  /** Why nobody can tell whether they arrive. */
  readonly unknown?: string;
}
