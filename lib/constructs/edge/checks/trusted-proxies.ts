import { PROXY_CONFIG } from '../../../istio/labels';
import type { ProxyPodsFacts } from '../../../model/edge/proxy-pods';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';

/** Pods of a gateway that believe some proxies before them about their clients. */
export function trusting(at: string, trustedProxies: number, pods: ProxyPodsFacts = {}): ProxyPodsFacts {
  const numTrustedProxies = requireCount(at, 'trustedProxies', trustedProxies, 0, 16);
  if (pods.annotations?.[PROXY_CONFIG] !== undefined) refuseTwice(at, trustedProxies);
  const config = JSON.stringify({ gatewayTopology: { numTrustedProxies } });
  return { ...pods, annotations: { ...pods.annotations, [PROXY_CONFIG]: config } };
}

function refuseTwice(at: string, trustedProxies: number): never {
  throw new MeshError({
    code: 'MESH849',
    at,
    what: 'settings of the proxies of a gateway are said in one place',
    got: `trustedProxies: ${trustedProxies} beside the annotation ${PROXY_CONFIG}`,
    fix: 'write gatewayTopology.numTrustedProxies into the annotation, and leave trustedProxies out',
  });
}
