import type { OwnAnswer, WrittenRedirect } from '../../cluster/routes/own-answers';
import { byWhole, type Rewrite } from './rewrites';

/** What a proxy says by itself to a request that it sends nowhere. */
export interface ProxyAnswer {
  readonly status: number;
  /** Where the client is sent to. */
  readonly location?: string;
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
