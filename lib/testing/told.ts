import type { RequestClass } from '../asking/reach';
import type { Verdict, VerdictObject, VerdictShare } from '../asking/verdict';

/** A verdict with everything that led to it, as a failing test shows it. */
export function told({ text, trail, notRead, asks }: Verdict): string {
  const steps = trail.map(({ at, layer, text: said }) => `  ${at}, ${layer}: ${said}`);
  const asked = asks.length > 0 ? [`  asked before, and taken to agree: ${asks.join(', ')}`] : [];
  const unread = notRead.map((one) => `  not read: ${objectTold(one)}`);
  return [text, ...steps, ...asked, ...unread].join('\n');
}

/** `90 % shop/product-v1, 10 % shop/product-v2`. */
export function sharesTold(shares: readonly VerdictShare[]): string {
  return shares.map(({ percent, host, workload = host }) => `${percent} % ${workload}`).join(', ') || 'nowhere';
}

/** `GET, /items/*, to 8080, as in GET /items/, by AuthorizationPolicy shop/cart`. */
export function wayTold({ text, example, decidedBy, unknown }: RequestClass): string {
  if (unknown !== undefined) return `nobody can tell: ${unknown}: ${text}`;
  const by = decidedBy ? `, by ${objectTold(decidedBy)}` : '';
  return `${text}, as in ${example}${by}`;
}

function objectTold({ kind, name, namespaceName }: VerdictObject): string {
  return `${kind} ${[namespaceName, name].filter(Boolean).join('/')}`;
}
