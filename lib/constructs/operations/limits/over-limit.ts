import type { Construct } from 'constructs';
import type { LimitedRequests, OverLimit } from '../../../model/limits/limits';
import { claimsAsked } from '../../../model/matches/claim-test';
import type { RouteMatch } from '../../../model/route';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import type { RateLimitKey } from '../../../values/traffic/limits/rate-limit-key';
import type { RequestMatch } from '../../../values/traffic/request-match';
import type { Limited } from './limit-place';

interface Asked {
  readonly match?: RequestMatch;
  readonly by?: RateLimitKey;
  readonly status?: number;
  readonly enforced?: number;
  readonly tellCallers?: boolean;
}

/** What all rate limits have in common: which requests, and what becomes of those too many. */
export function rateLimitOf(at: Construct, { place }: Limited, asked: Asked): LimitedRequests & OverLimit {
  const { match, by, status = 429, enforced = 100, tellCallers = false } = asked;
  if (by && by._facts.header === undefined && !('gatewayName' in place)) {
    throw new MeshError({
      code: 'MESH739',
      at,
      what: 'addresses of clients are counted at a gateway',
      got: 'RateLimitKey.clientAddress() for a service, whose sidecars believe what x-forwarded-for claims',
      fix: 'set gateway instead of service, or tell requests apart by a header',
    });
  }
  if (match?._caller) {
    throw new MeshError({
      code: 'MESH769',
      at,
      what: 'a limit is kept where requests arrive, and there nobody knows them by the pods that send them',
      got: `RequestMatch.sentBy of ${match._caller.serviceAccountName}`,
      fix: 'match by a header that the caller sends, or count by RateLimitKey.header',
    });
  }
  if (match) requireNoClaim(at, match._facts);
  return {
    match: match?._facts,
    by: by?._facts,
    // Envoy answers 429 in place of whatever is no error.
    status: requireCount(at, 'status of a limit', status, 400, 599),
    enforced: requireCount(at, 'share of requests too many that are refused, in percent,', enforced, 0, 100),
    tellsCallers: tellCallers,
  };
}

// Who counts requests by a claim would count them by a header of that name, which clients write.
function requireNoClaim(at: Construct, match: RouteMatch): void {
  const [claim] = claimsAsked([match]);
  if (claim === undefined) return;
  throw new MeshError({
    code: 'MESH884',
    at,
    what: 'a limit tells requests by what stands in them, and claims stand in a token',
    got: `RequestMatch.claim of ${claim}`,
    fix: 'give the issuer claimHeaders, and match by that header or count by RateLimitKey.header',
  });
}
