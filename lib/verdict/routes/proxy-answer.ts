import type { RouteFault } from '../../cluster/routes/changes/route-fault';
import type { OwnAnswer, WrittenRedirect } from '../../cluster/routes/own-answers';
import { byWhole, type Rewrite } from './rewrites';

/** What a proxy says by itself to a request that it sends nowhere. */
export interface ProxyAnswer {
  /** Undefined where it speaks by gRPC alone. */
  readonly status?: number;
  /** By its name: `UNAVAILABLE`. */
  readonly grpcStatus?: string;
  /** Where the client is sent to. */
  readonly location?: string;
  /** Said on purpose by the `fault` of a route, or because `none` takes the request; else a route says so plainly. */
  readonly why?: 'fault' | 'none';
}

/** A request as its client addressed it. */
export interface Addressed {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** With its query, if any. */
  readonly path: string;
}

const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** What a route has its proxy say to each request; undefined where nobody can tell. `byPrefix` swaps what the route matched. */
export function answering(
  { status, redirect }: OwnAnswer,
  byPrefix: (to: string) => Rewrite,
): (asked: Addressed) => ProxyAnswer | undefined {
  if (!redirect) return () => ({ status });
  return (asked) => {
    const path = pathOf(redirect, byPrefix)(asked.path);
    return path === undefined ? undefined : { status, location: locationOf(redirect, asked) + path };
  };
}

function pathOf({ path, prefix }: WrittenRedirect, byPrefix: (to: string) => Rewrite): Rewrite {
  if (prefix !== undefined) return byPrefix(prefix);
  return path === undefined ? (asked) => asked : byWhole(path);
}

function locationOf(to: WrittenRedirect, asked: Addressed): string {
  const { scheme = asked.scheme, host = asked.host } = to;
  const port = portOf(to, asked);
  return `${scheme}://${host}${port === undefined || port === USUAL_PORTS[scheme] ? '' : `:${port}`}`;
}

/** Clients write the port behind the host unless it is the usual one; with the host it goes. */
function portOf({ port, host }: WrittenRedirect, asked: Addressed): number | undefined {
  if (port === 'request') return asked.port;
  if (port !== undefined) return port === 'scheme' ? undefined : port;
  return host === undefined && asked.port !== USUAL_PORTS[asked.scheme] ? asked.port : undefined;
}

/** What a fault has the proxy say to every request; undefined where some are sent on. */
export function abortedBy(fault: RouteFault | undefined): ProxyAnswer | undefined {
  const { abort } = fault ?? {};
  if (!abort || abort.percent < 100) return undefined;
  return { status: abort.status, grpcStatus: abort.grpcStatus, why: 'fault' };
}

/** `answered 301 with location https://…`, `answered gRPC status UNAVAILABLE`. */
export function answerText({ status, grpcStatus, location }: ProxyAnswer): string {
  const code = status ?? `gRPC status ${grpcStatus}`;
  return `answered ${code}${location === undefined ? '' : ` with location ${location}`}`;
}
