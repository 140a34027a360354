/** By which names a service is known. */
export interface NamedService {
  readonly name: string;
  readonly host?: string;
  /** Hosts that the proxies of callers are sent to. */
  readonly meshHosts?: readonly string[];
  /** Names of all Services over its pods. */
  readonly serviceNames?: readonly string[];
}

/**
 * Hosts under which requests to a service are counted, its own first: whoever counts names the Service that a request was sent to, or one of those over the pod. A gateway
 * may split by the Services of versions where the proxies of callers split by subsets.
 */
export function serviceHosts({ name, host = name, meshHosts = [], serviceNames = [] }: NamedService): string[] {
  const domain = host.startsWith(`${name}.`) ? host.slice(name.length) : undefined;
  const named = domain === undefined ? [] : serviceNames.map((other) => `${other}${domain}`);
  return [...new Set([host, ...meshHosts, ...named])];
}
