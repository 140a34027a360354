import type { Access, Token } from './access';
import { type Enforcer, type Verdict, authorize, isAttached } from './authorization';
import type { Cluster } from './cluster';
import type { Hop } from './hop';
import { titleOf } from './manifest';
import { connects } from './network';
import { peerModeOf } from './peer-authentication';
import type { Layer } from './plan';
import { type Request, lineOf } from './request';

/** What one layer said on one hop. */
export interface Step extends Verdict {
  readonly layer: Layer;
  /** Where it was said, as `Hop.at`. */
  readonly at: string;
}

/** Asks every layer about a hop in the order in which it meets them, up to the first refusal. */
export function inspect(cluster: Cluster, hop: Hop, request: Request): Step[] {
  const questions: [Layer, () => Verdict][] = [
    ['network', () => (hop.source.isBodiless ? { allowed: true } : connects(cluster, hop.source, hop.target, hop.wirePort))],
    ['mtls', () => checkPeer(cluster, hop)],
    ['authorization', () => checkRequest(cluster, hop, request)],
  ];
  const steps: Step[] = [];
  for (const [layer, ask] of questions) {
    const step = { layer, at: hop.at, ...ask() };
    steps.push(step);
    if (!step.allowed) break;
  }
  return steps;
}

/** Plaintext is refused where STRICT holds, by the sidecar or, as a policy of its own, by ztunnel. */
function checkPeer(cluster: Cluster, { enforcer, principal, port }: Hop): Verdict {
  const isOfPod = enforcer?.pod.proxy === 'sidecar' || enforcer?.pod.proxy === 'ztunnel';
  if (!isOfPod || principal !== undefined) return { allowed: true };
  const { mode, by } = peerModeOf(cluster, enforcer.pod, port);
  return { allowed: mode !== 'STRICT', by };
}

/** First the token, where one is sent to who checks tokens; then the policies. */
function checkRequest(cluster: Cluster, hop: Hop, request: Request): Verdict {
  const { enforcer } = hop;
  if (!enforcer) return { allowed: true };
  const token = hop.isHttp ? requireToken(cluster, enforcer, request.token) : { allowed: true };
  return token.allowed ? authorize(cluster, enforcer, accessOf(hop, request, token.token)) : token;
}

/** A token of an issuer that nobody configured here is refused; where no issuer is configured at all, tokens are not looked at. */
function requireToken(cluster: Cluster, enforcer: Enforcer, token: Token | undefined): Verdict & { readonly token?: Token } {
  const attached = cluster.requestAuthentications.filter((one) => isAttached(cluster, one, enforcer) && one.spec?.jwtRules?.length);
  if (!token || attached.length === 0) return { allowed: true };
  const isTrusted = attached
    .flatMap((one) => one.spec?.jwtRules ?? [])
    .some(({ issuer, audiences }) => issuer === token.issuer && (!audiences || audiences.some((one) => token.audiences?.includes(one))));
  return isTrusted ? { allowed: true, token } : { allowed: false, by: titleOf(attached[0]) };
}

function accessOf({ source, target, principal, port, isHttp }: Hop, request: Request, token: Token | undefined): Access {
  const host = 'host' in request.to ? request.to.host : target.address;
  return {
    principal,
    sourceAddress: source.address,
    destinationAddress: target.address,
    port,
    http: isHttp ? { ...lineOf(request), host, token } : undefined,
  };
}
