/** What is expected of one request. */
export interface Expectation {
  readonly name?: string;
  readonly from: string;
  readonly to: string;
  /** `POST /payments/1`. */
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  readonly expect: 'allow' | 'refuse';
  /** Percent of the requests by workload. */
  readonly split?: Readonly<Record<string, number>>;
}

/** What is to hold for all requests to a service: one or more of the last four. */
export interface Invariant {
  readonly name?: string;
  readonly to: string;
  readonly onlyFrom?: readonly string[];
  readonly neverFrom?: string | readonly string[];
  readonly gateways?: 'token-only';
  readonly connections?: 'mtls-only';
}

/** Where a rule stands in its file. */
export interface Placed {
  readonly line: number;
  readonly column: number;
}

export type Rule = (Expectation | Invariant) & Placed;

/** How a rule is called in reports. */
export function nameOf(rule: Expectation | Invariant): string {
  return rule.name ?? ('expect' in rule ? `${subjectOf(rule)}: ${rule.expect}` : subjectOf(rule));
}

/** The same where what was expected is told behind it. */
export function subjectOf(rule: Expectation | Invariant): string {
  if (rule.name !== undefined) return rule.name;
  if ('expect' in rule) return `${rule.from} -> ${rule.to} ${rule.request ?? 'GET /'}`;
  const { to, onlyFrom, neverFrom, gateways, connections } = rule;
  const parts = [
    onlyFrom && `only from ${onlyFrom.join(', ') || 'nobody'}`,
    neverFrom && `never from ${[neverFrom].flat().join(', ')}`,
    gateways && `gateways ${gateways}`,
    connections && `connections ${connections}`,
  ];
  return `to ${to} ${parts.filter(Boolean).join(', ')}`;
}
