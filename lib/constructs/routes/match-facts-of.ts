import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { isPartyOf, partyOf } from '../../graph/party-of';
import type { RouteMatch } from '../../model/route';
import { MeshError } from '../../support/mesh-error';
import type { RequestMatch } from '../../values/traffic/request-match';

// HTTPRoute takes no more, and a route of the mesh may be repeated for a gateway.
const MOST_MATCHES = 64;

/** The same for requests that a statement is about: a list that came out empty would make it one about all of them. */
export function someMatchesOf(at: Construct, matches: readonly RequestMatch[] | undefined): RouteMatch[] | undefined {
  if (matches?.length !== 0) return matches && matchFactsOf(at, matches);
  throw new MeshError({
    code: 'MESH091',
    at,
    what: 'what is said of some requests names them',
    got: 'match: []',
    fix: 'name at least one match, or leave match out for all requests',
  });
}

/** What some matches ask of requests, of which one is enough. */
export function matchFactsOf(at: Construct, matches: readonly RequestMatch[]): RouteMatch[] {
  if (matches.length <= MOST_MATCHES) return matches.map((match) => factsOf(at, match));
  throw new MeshError({
    code: 'MESH057',
    at,
    what: `a route has at most ${MOST_MATCHES} matches`,
    got: matches.length,
    fix: 'match by something that they share',
  });
}

function factsOf(at: Construct, { _facts, _caller }: RequestMatch): RouteMatch {
  if (!_caller) return _facts;
  if (isPartyOf(['service', 'workload'], _caller)) {
    const { namespaceName, podLabels } = partyOf(at, _caller, MeshGraph.of(at));
    if (podLabels) return { ..._facts, source: { namespaceName, podLabels } };
  }
  throw new MeshError({
    code: 'MESH095',
    at,
    what: 'a proxy knows by the labels of its pods that it is the one that sends a request',
    got: `RequestMatch.sentBy of ${_caller.serviceAccountName}, whose pods this program does not know`,
    fix: 'name a MeshedService of this program, or match by a header that the caller sends',
  });
}
