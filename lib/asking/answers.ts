import type { Cluster } from '../cluster/cluster';
import { verdictOn } from './answer';
import { grantCode } from './grants/grant-code';
import { opensWith } from './grants/opens-with';
import { type MeshQuestion, requestsOf } from './question';
import { asYaml, namesRequests, smallestGrant } from './grants/smallest-grant';
import type { MeshGrant, Verdict } from './verdict';

/** What becomes of a request, and the token that would let it in. */
export function answerTo(cluster: Cluster, question: MeshQuestion): Verdict {
  const requests = requestsOf(cluster, question);
  const verdict = verdictOn(cluster, requests);
  return verdict.allowed || verdict.unknown !== undefined ? verdict : { ...verdict, opensWith: opensWith(cluster, requests) };
}

/** The least that would let a refused request in; nothing where a token would, or where no object to add would do. */
export function grantFor(cluster: Cluster, question: MeshQuestion): MeshGrant | undefined {
  const requests = requestsOf(cluster, question);
  const added = opensWith(cluster, requests) === undefined ? smallestGrant(cluster, requests) : undefined;
  return added && added.length > 0 ? { yaml: asYaml(added), code: grantCode(cluster, requests[0], namesRequests(added)) } : undefined;
}
