import type { Cluster } from '../../cluster/cluster';
import { decide, hardest } from '../../verdict/decide';
import { waysOf } from '../../verdict/reach/division';
import { tokensOf } from '../../verdict/reach/properties';
import type { Request } from '../../verdict/requests/request';

/** The token with which refused requests would be let in as they are, in words; undefined where none would do. */
export function opensWith(cluster: Cluster, requests: readonly Request[]): string | undefined {
  const [{ to }] = requests;
  const { vocabulary, issuers } = waysOf(cluster, { from: requests.map(({ from }) => from), to });
  const opening = tokensOf(vocabulary, issuers).find(
    ({ token }) => token && hardest(requests.map((request) => ({ decision: decide(cluster, { ...request, token }) }))).decision.allowed,
  );
  return opening?.text;
}
