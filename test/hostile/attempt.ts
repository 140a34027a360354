import type { Caller, Request } from '../../lib/verdict/requests/request';

/** A request that has to be refused. */
export interface Attempt {
  /** Who tries what, as the table of docs/security.md has it. */
  readonly what: string;
  readonly request: Request;
}

/** Attempts of one kind. */
export interface Kind {
  readonly title: string;
  readonly attempts: readonly Attempt[];
  /** Whether what a proxy makes of the bytes of a request decides: a real Envoy is asked as well. */
  readonly isParsed?: boolean;
}

/** What is said of a request besides its two ends. */
export type Line = Omit<Request, 'from' | 'to'>;

export const CART: Caller = { workload: 'shop/cart-v1' };
export const PAYMENT: Caller = { workload: 'payments/payment-v1' };

export const hostOf = (name: string): string => `${name.split('/')[1]}.${name.split('/')[0]}.svc.cluster.local`;

/** A request to a service, `shop/product`, by its name. */
export const toService = (from: Caller, name: string, line: Line = {}, port = 8080): Request => ({
  from,
  to: { host: hostOf(name), port },
  ...line,
});

/** A request to the address of its pods. */
export const toPods = (from: Caller, name: string, line: Line = {}, port = 8080): Request => ({
  from,
  to: { podOf: `${name}-v1`, port },
  ...line,
});

/** A request from outside. */
export const fromOutside = (host: string, path: string, port = 443, line: Line = {}): Request => ({
  from: { gateway: 'edge/gateway' },
  to: { host, port },
  path,
  ...line,
});

/** What is asked of manifests: all but what only the bytes decide, a signature or a zero. */
export const isForManifests = ({ request: { headers = {}, path = '/' } }: Attempt): boolean =>
  !('authorization' in headers) && !path.includes('%00');
