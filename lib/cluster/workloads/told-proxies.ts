import { AMBIENT_REDIRECTION, TLS_MODE, TUNNEL } from '../../istio/labels';
import type { Labels } from '../objects/fields';
import { type Proxy, PROXIES } from './proxies';

const SIDECARS: readonly Proxy[] = [true, false].flatMap((takesMutualTls) =>
  [true, false].map((takesTunnels) => ({ ...PROXIES.sidecar, takesMutualTls, takesTunnels })),
);

/** A sidecar as istiod tells others of it: what it takes, as its labels say, and not what it could take. */
function toldSidecar(takesMutualTls: boolean, takesTunnels: boolean): Proxy {
  if (takesMutualTls && takesTunnels) return PROXIES.sidecar;
  return SIDECARS.find((one) => one.takesMutualTls === takesMutualTls && one.takesTunnels === takesTunnels)!;
}

const ISTIO = 'istio';

/** The proxy of a pod. The injector leaves a mode of TLS that stands there already. */
export function toldProxy(proxy: Proxy, labels: Labels): Proxy {
  return proxy === PROXIES.sidecar ? toldSidecar((labels[TLS_MODE] ?? ISTIO) === ISTIO, true) : proxy;
}

/** What a machine says of itself. */
export interface MachineWords {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly serviceAccountName?: string;
}

/** A ztunnel of which others are told that it takes mutual TLS without a tunnel, which none does. */
const MISTOLD_ZTUNNEL: Proxy = { ...PROXIES.ztunnel, takesMutualTls: true };

/** The proxy that somebody has installed on a machine. Nobody speaks mutual TLS to one that says neither a mode of TLS nor an account, and tunnels are for who asks for them. */
export function machineProxy({ labels, annotations, serviceAccountName }: MachineWords): Proxy {
  const mode = labels[TLS_MODE] ?? (serviceAccountName ? ISTIO : undefined);
  if (annotations[AMBIENT_REDIRECTION] === 'enabled') return mode === ISTIO ? MISTOLD_ZTUNNEL : PROXIES.ztunnel;
  return toldSidecar(mode === ISTIO, (labels[TUNNEL] ?? '').split(',').includes('http'));
}
