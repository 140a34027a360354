import type { Cluster } from '../cluster/cluster';
import { perCluster } from '../cluster/per-cluster';
import { mtlsOf } from '../cluster/policies/mtls-settings';
import { titleOf } from '../cluster/objects/manifest-object';
import { tryGateway } from '../cluster/workloads/gateways';
import { HBONE } from '../istio/ports';
import { perObject } from '../support/kept/per-object';
import { isAddress } from '../support/addresses';
import { PUBLIC_ADDRESS } from './decision/address-blocks';
import { inOrder, lineOf, type Request, type Token } from './requests/request';
import type { Hop } from './travel/hop';
import type { Layer } from './travel/plan';
import type { Access } from './decision/access';
import { authorize } from './decision/authorization';
import { connects } from './decision/network';
import { checkToken } from './decision/token';
import { NO_OBJECTION, undecided, type Verdict } from './decision/verdict';
import { wouldOf } from './decision/would';

/** What one layer said on one hop. */
export interface Step extends Verdict {
  readonly layer: Layer;
  /** Where it was said, as `Hop.at`. */
  readonly at: string;
}

/** Asks every layer about a hop in the order in which it meets them, up to the first refusal. */
export function inspect(cluster: Cluster, hop: Hop, request: Request): Step[] {
  const before = connecting(cluster)(hop);
  if (before.some(({ allowed }) => !allowed)) return [...before];
  return [...before, { layer: 'authorization', at: hop.at, ...checkRequest(cluster, hop, request) }];
}

/** What is asked before a request is sent, and the same for all that are. */
const connecting = perCluster((cluster: Cluster) =>
  perObject((hop: Hop): readonly Step[] => {
    const { source, target, wirePort, at } = hop;
    const network = { layer: 'network' as const, at, ...(source.isBodiless ? NO_OBJECTION : connects(cluster, source, target, wirePort)) };
    return network.allowed ? [network, { layer: 'mtls', at, ...checkPeer(cluster, hop) }] : [network];
  }),
);

/** Plaintext is refused where STRICT holds, by the sidecar or, as a policy of its own, by ztunnel; mutual TLS where a sidecar ends none. */
function checkPeer(cluster: Cluster, { enforcer, principal, port, wirePort }: Hop): Verdict {
  if (!enforcer?.pod.proxy.standsBeforePods) return NO_OBJECTION;
  const { mode, by, object, rival } = mtlsOf(cluster, enforcer.pod, port);
  if (principal !== undefined) {
    const isUnread = enforcer.pod.proxy.takesMutualTls && wirePort !== HBONE && mode === 'DISABLE' && !rival;
    return isUnread ? { allowed: false, by, object } : NO_OBJECTION;
  }
  if (rival)
    return undecided('of several PeerAuthentications the oldest holds, which no manifest tells', { title: titleOf(rival), object: rival });
  return { allowed: mode !== 'STRICT', by, object };
}

/** First the token, where one is sent to who checks tokens; then the policies. */
function checkRequest(cluster: Cluster, hop: Hop, request: Request): Verdict {
  const { enforcer } = hop;
  if (!enforcer) return NO_OBJECTION;
  const checked = hop.isHttp ? checkToken(cluster, enforcer, request.token) : { verdict: NO_OBJECTION };
  if (!checked.verdict.allowed) return checked.verdict;
  const access = accessOf(cluster, hop, request, checked.token);
  const would = wouldOf(cluster, enforcer, access);
  return { ...authorize(cluster, enforcer, access), ...(would.length > 0 && { would }) };
}

function accessOf(cluster: Cluster, hop: Hop, request: Request, token: Token | undefined): Access {
  const { source, target, principal, port, isHttp, sent: words = {} } = hop;
  const host = words.host ?? request.addressed?.host ?? ('host' in request.to ? request.to.host : target.address);
  const sent = { ...request, path: words.path ?? request.path, headers: words.headers ?? request.headers };
  // Envoy after Envoy puts a path in order once more.
  const arriving = source.proxy?.readsHttp ? inOrder(cluster, sent) : sent;
  const isOutOfTunnel = hop.wirePort === HBONE && hop.enforcer?.pod.proxy.readsHttp === true;
  return {
    principal,
    sourceAddress: isOutOfTunnel ? undefined : source.address,
    clientAddress: clientOf(cluster, hop, sent),
    destinationAddress: target.address,
    sni: hop.sni,
    port,
    http: isHttp ? { ...lineOf(arriving), host, token } : undefined,
  };
}

/** A gateway notes who came in, and believes the proxies before it that it trusts; every other proxy believes what has been noted last, whoever wrote it. */
function clientOf(cluster: Cluster, { source, isHttp, enforcer, cameFrom }: Hop, { from, headers = {} }: Request): string {
  if (!isHttp) return source.address;
  const noted = headers['x-forwarded-for'] ?? '';
  if (enforcer?.pod.proxy.isDoor) return notedAt(noted, tryGateway(cluster, enforcer.pod.key)?.trustedProxies ?? 0) ?? source.address;
  return cameFrom ?? ('gateway' in from ? PUBLIC_ADDRESS : (notedAt(noted, 1) ?? source.address));
}

/** The address in a place from the right; none where there is none. */
function notedAt(noted: string, place: number): string | undefined {
  const entry = place === 0 ? undefined : noted.split(',').at(-place)?.trim();
  return entry !== undefined && isAddress(entry) ? entry : undefined;
}
