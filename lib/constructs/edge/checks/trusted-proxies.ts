import { PROXY_CONFIG } from '../../../istio/labels';
import type { ProxyPodsFacts } from '../../../model/edge/proxy-pods';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';

const MOST = 16;

/** How many proxies before a gateway it believes. */
export function requireTrusted(trustedProxies: number): number {
  return requireCount('IngressGateway', 'trustedProxies', trustedProxies, 0, MOST);
}

/** Pods of a gateway that believe some proxies before them about their clients. */
export function trusting(trustedProxies: number, pods: ProxyPodsFacts = {}): ProxyPodsFacts {
  if (pods.annotations?.[PROXY_CONFIG] !== undefined) refuseTwice(trustedProxies);
  const config = JSON.stringify({ gatewayTopology: { numTrustedProxies: trustedProxies } });
  return { ...pods, annotations: { ...pods.annotations, [PROXY_CONFIG]: config } };
}

function refuseTwice(trustedProxies: number): never {
  throw new MeshError({
    code: 'MESH849',
    at: 'IngressGateway',
    what: 'settings of the proxies of a gateway are said in one place',
    got: `trustedProxies: ${trustedProxies} beside the annotation ${PROXY_CONFIG}`,
    fix: 'write gatewayTopology.numTrustedProxies into the annotation, and leave trustedProxies out',
  });
}
