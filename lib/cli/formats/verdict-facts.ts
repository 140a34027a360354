import type { RequestClass, Verdict, VerdictObject } from 'istio-constructs';

/** `AuthorizationPolicy shop/cart (k8s/cart.yaml:12)`. */
export function objectText({ kind, namespaceName, name, file, line }: VerdictObject): string {
  return `${kind} ${[namespaceName, name].filter(Boolean).join('/')}${file === undefined ? '' : ` (${file}:${line})`}`;
}

/** A request of a class, and who lets it in: `, as in GET /items, by AuthorizationPolicy shop/cart`. Bytes are like one another. */
export function exampleText({ example, decidedBy }: Pick<RequestClass, 'example' | 'decidedBy'>): string {
  return `${example === 'any bytes' ? '' : `, as in ${example}`}${decidedBy ? `, by ${objectText(decidedBy)}` : ''}`;
}

/** What there is to know of a verdict beside its trail, each with its name. */
export function factsOf(verdict: Verdict): (readonly [string, string])[] {
  const { allowed, trail, split, identity, mtls, timeout, retries, asks, would, notRead, faults } = verdict;
  const { answeredStatus, answeredGrpcStatus, answeredLocation } = verdict;
  const shares = split.map(({ percent, workload, host }) => `${percent} % ${workload ?? host}`).join(', ');
  const byGrpc = answeredGrpcStatus && `gRPC status ${answeredGrpcStatus}`;
  const answer = [answeredStatus, byGrpc, answeredLocation].filter((one) => one !== undefined).join(' ');
  const tries = retries && [
    `${retries.attempts} more tries`,
    retries.perTryTimeout && `of ${retries.perTryTimeout}`,
    retries.retryOn && `on ${retries.retryOn}`,
  ];
  const isSent = allowed || trail.some(({ layer }) => layer !== 'routing');
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['goes to', isSent ? shares : undefined],
    ['identity', identity],
    ['mTLS', isSent ? (mtls ? 'yes' : 'no') : undefined],
    ['timeout', timeout],
    ['retries', tries?.filter(Boolean).join(' ')],
    ['answered', answer],
    ['asks', asks.join(', ')],
    ...faults.map((text) => ['fault', text] as const),
    ...would.map(({ effect, text, at }) => [effect === 'audit' ? 'audit' : 'dry run', `${text}, at ${at}`] as const),
    ['not read', notRead.map(objectText).join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** What opens a refused request where no grant does; undefined where it needs no opening, or nobody can tell. */
export function openingText({ allowed, unknown, decidedBy, opensWith }: Verdict): string | undefined {
  if (allowed || unknown !== undefined) return undefined;
  if (opensWith !== undefined) return `It is let in with ${opensWith}.`;
  return `No grant opens it${decidedBy ? `: ${objectText(decidedBy)} would have to change` : ''}.`;
}
