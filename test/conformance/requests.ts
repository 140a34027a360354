import type { ICallee, MeshedService } from 'istio-constructs';
import type { Answer } from './answer';
import type { Caller, Request } from '../../lib/verdict/requests/request';

/** What may be said of a request beside its two ends. */
export interface Line extends Partial<Omit<Request, 'from' | 'to'>> {
  /** @default 8080 */
  readonly port?: number;
}

/** A request from the pods of a service, of its first version unless said otherwise, to a host. */
export function call(caller: MeshedService, callee: ICallee, line: Line & { readonly version?: string } = {}): Request {
  const { version = caller.version, ...rest } = line;
  return from({ workload: `${caller.namespaceName}/${caller.serviceName}-${version}` }, callee, rest);
}

/** A request from anybody to a host. */
export function from(caller: Caller, { host }: ICallee, { port = 8080, ...line }: Line = {}): Request {
  return { from: caller, to: { host, port }, ...line };
}

/** A request from anybody to the address of a service's pods, past its Service. */
export function dial(caller: Caller, callee: MeshedService, { port = 8080, ...line }: Line = {}): Request {
  return { from: caller, to: { podOf: `${callee.namespaceName}/${callee.serviceName}-${callee.version}`, port }, ...line };
}

/** A request from outside to `https://<host><path>`, through the gateway of `edge`. */
export function enter(url: string, line: Omit<Line, 'port' | 'path'> = {}): Request {
  const { hostname, pathname, search, port, protocol } = new URL(url);
  const usual = protocol === 'http:' ? 80 : 443;
  return { from: { gateway: 'edge/gateway' }, to: { host: hostname, port: Number(port) || usual }, path: `${pathname}${search}`, ...line };
}

/** The same from somebody who has a certificate, where the gateway asks for one. */
export function enterShowing(url: string, line: Omit<Line, 'port' | 'path'> = {}): Request {
  return { ...enter(url, line), from: { gateway: 'edge/gateway', showsCertificate: true } };
}

/** A pod of a namespace that no program has, outside the mesh. */
export const PLAINTEXT: Caller = { pod: { namespace: 'elsewhere' } };

/** Pods in the mesh under an account that no program has. */
export const STRANGERS = {
  sidecar: { pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'sidecar' } },
  ambient: { pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'ztunnel' } },
} as const satisfies Record<string, Caller>;

/** Percent of the requests that end at each workload; workloads that get none are left out. */
export function sharesOf({ ways }: Answer): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const { workload, host, weight } of ways.filter((way) => way.weight > 0)) {
    const end = workload ?? host;
    shares[end] = (shares[end] ?? 0) + weight;
  }
  return shares;
}
