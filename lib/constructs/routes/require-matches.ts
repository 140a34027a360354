import type { Construct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import type { RequestMatch } from '../../values/traffic/request-match';

// HTTPRoute takes no more, and a route of the mesh may be repeated for a gateway.
const MOST_MATCHES = 64;

/** Matches that one route has room for. */
export function requireMatches(at: Construct, match: readonly RequestMatch[]): void {
  if (match.length <= MOST_MATCHES) return;
  throw new MeshError({
    code: 'MESH057',
    at,
    what: `a route has at most ${MOST_MATCHES} matches`,
    got: match.length,
    fix: 'match by something that they share',
  });
}
