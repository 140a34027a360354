import type { Construct } from 'constructs';
import { overlapOf } from '../../../model/matches/match-overlap';
import { compareMatches } from '../../../model/matches/match-rank';
import type { RouteMatch } from '../../../model/route';
import { MeshError } from '../../../support/mesh-error';

/**
 * Refuses an order of rules that no route can keep. The Gateway API tries the narrowest match first; an earlier rule keeps its requests by a match for
 * what it shares with the later, narrower one. Where no API has words for that match the later rule would take them.
 */
export function requireOrder(at: Construct, rules: ReadonlyArray<readonly RouteMatch[]>): void {
  rules.forEach((later, index) => {
    const earlier = rules.slice(0, index).flat();
    const lost = later.find((match) =>
      earlier.some((first) => compareMatches(match, first) < 0 && overlapOf(first, match).is === 'unspeakable'),
    );
    if (!lost) return;
    throw new MeshError({
      code: 'MESH099',
      at,
      what: 'a route tries the narrowest match first, and two patterns of one header cannot be asked for at once',
      got: `rule ${index + 1}, which would take requests from a rule before it`,
      fix: 'put this rule first, or match by another header',
    });
  });
}
