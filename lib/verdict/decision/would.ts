import type { Cluster } from '../../cluster/cluster';
import { authorizationIndex, dryRunIndex, notesAnything } from '../../cluster/policies/authorization-policies';
import type { Access } from './access';
import { asked, type Asked, narrowest } from './authorization';
import { attachedTo, type Enforcer } from './enforcer';
import type { Would } from './verdict';

/** What AUDIT policies and dry runs note of a request, in the order in which Envoy asks its filters. ztunnel is told of neither. */
export function wouldOf(cluster: Cluster, enforcer: Enforcer, access: Access): Would[] {
  if (!enforcer.pod.proxy.readsHttp || !notesAnything(cluster)) return [];
  const enforced = attachedTo(cluster, authorizationIndex(cluster), enforcer);
  const tried = attachedTo(cluster, dryRunIndex(cluster), enforcer);
  const audits = noting('audit', asked(cluster, enforced, 'AUDIT', access, enforcer));
  const denials = noting('deny', asked(cluster, tried, 'DENY', access, enforcer));
  // A filter that refuses is the last one.
  if (asked(cluster, enforced, 'DENY', access, enforcer).some(({ matches }) => matches)) return [...audits, ...denials];
  const allows = asked(cluster, tried, 'ALLOW', access, enforcer);
  const allowing = noting('allow', allows);
  if (allowing.length > 0 || allows.length === 0) return [...audits, ...denials, ...allowing];
  const isAllowed = asked(cluster, enforced, 'ALLOW', access, enforcer).some(({ matches }) => matches);
  return [...audits, ...denials, ...(isAllowed ? [] : [note('deny', narrowest(allows))])];
}

function noting(effect: Would['effect'], policies: readonly Asked[]): Would[] {
  return policies.filter(({ matches }) => matches !== false).map((one) => note(effect, one));
}

function note(effect: Would['effect'], { policy, matches }: Asked): Would {
  return { effect, by: policy.title, object: policy.object, ...(matches === undefined && { isUnclear: true }) };
}
