import type { Cluster } from '../../cluster/cluster';
import { clientTls, type DestinationRule } from '../../cluster/routes/destination-rules';
import type { Pod } from '../../cluster/workloads/workloads';
import type { Speaker } from '../requests/callers';
import type { SentTo } from '../routes/sent-words';
import { hopToPod } from './hop';
import type { Trip } from './plan';

interface Gateway {
  readonly pod: Pod;
  readonly port: number;
  readonly to: SentTo;
  /** What is said to who calls. */
  readonly rules: readonly DestinationRule[];
}

/** A connection to a gateway is plaintext, unless a DestinationRule has who calls speak the mesh's own TLS to it: nothing else tells that it takes that. */
export function toGateway(cluster: Cluster, source: Speaker, { pod, port, to, rules }: Gateway): Pick<Trip, 'hops' | 'unknown'> {
  const hop = hopToPod(cluster, source, pod, port);
  const rule = rules.find(({ tlsModes }) => tlsModes.length > 0);
  const { mode = 'DISABLE', sni = `outbound_.${to.port}_.${to.subset ?? ''}_.${to.host}` } = rule
    ? clientTls(rule, to.port, to.subset)
    : {};
  if (mode === 'DISABLE') return { hops: [hop] };
  if (mode !== 'ISTIO_MUTUAL') return { hops: [], unknown: `${rule!.title} sets TLS, which is not read here` };
  return { hops: [{ ...hop, principal: source.principal, sni }] };
}
