// Conditions in CEL, as ValidatingAdmissionPolicies have them. `variables` are those of tenancy-policy.ts.

const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`);
const CONNECTION_KINDS = ['TCPRoute', 'UDPRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`);
const SPEC = 'variables.spec';

/** A condition that holds for objects of some kinds, named `group/Kind`. */
interface Condition {
  readonly kinds: readonly string[];
  readonly holds: string;
}

const all = (field: string, item: string, holds: string): string => `(!has(${field}) || ${field}.all(${item}, ${holds}))`;
const isOwn = (host: string): string =>
  `(${host}.lowerAscii() in variables.hosts || variables.suffixes.exists(s, ${host}.lowerAscii().endsWith(s)))`;
const isHome = (ref: string): string => `(!has(${ref}.namespace) || ${ref}.namespace in variables.namespaces)`;
const isListed = (ref: string): string => `(${ref}.namespace + "/" + ${ref}.name in variables.gateways)`;
const isGateway = (ref: string): string => `(!has(${ref}.kind) || ${ref}.kind in ["Gateway", "ListenerSet"])`;

// Only a name without any dot is completed by the namespace of its object.
const isCompleted = (host: string): string => `(!${host}.contains(".") && !${host}.contains(":") && ${host} != "*")`;
const staysHome = `(has(${SPEC}.exportTo) && size(${SPEC}.exportTo) > 0 && ${SPEC}.exportTo.all(e, e in [".", "~"] || e in variables.namespaces))`;
const isOwnOrShort = (host: string): string => `(${isCompleted(host)} || ${isOwn(host)})`;
const listenerHosts = all(`${SPEC}.listeners`, 'l', `!has(l.hostname) || l.hostname == "" || ${isOwn('l.hostname')}`);
const hasHostnames = `(has(${SPEC}.hostnames) && size(${SPEC}.hostnames) > 0)`;

export const HOSTS: readonly Condition[] = [
  { kinds: ['networking.istio.io/VirtualService'], holds: `${staysHome} || ${all(`${SPEC}.hosts`, 'h', isOwnOrShort('h'))}` },
  {
    kinds: ['networking.istio.io/DestinationRule'],
    holds: `${staysHome} || !has(${SPEC}.host) || ${isOwnOrShort(`${SPEC}.host`)}`,
  },
  { kinds: ['networking.istio.io/ServiceEntry'], holds: all(`${SPEC}.hosts`, 'h', isOwn('h')) },
  {
    kinds: ['networking.istio.io/Gateway'],
    holds: all(`${SPEC}.servers`, 'v', all('v.hosts', 'h', isOwn('(h.contains("/") ? h.split("/")[1] : h)'))),
  },
  { kinds: ['gateway.networking.k8s.io/Gateway'], holds: listenerHosts },
  {
    kinds: ['gateway.networking.k8s.io/ListenerSet'],
    holds: `${all(`${SPEC}.listeners`, 'l', `(has(l.hostname) && l.hostname != "") || ${isHome(`${SPEC}.parentRef`)}`)} && ${listenerHosts}`,
  },
  {
    kinds: ROUTE_KINDS,
    holds: `(${hasHostnames} || ${all(`${SPEC}.parentRefs`, 'p', isHome('p'))}) && ${all(`${SPEC}.hostnames`, 'h', isOwn('h'))}`,
  },
];

// `namespace/name`, `./name`, a name alone, and the old way: name.namespace.
const isBoundHome =
  'g == "mesh" || (g.contains("/") ? (g in variables.gateways || g.split("/")[0] in variables.namespaces || g.startsWith("./")) : ' +
  '(!g.contains(".") || g.split(".")[1] in variables.namespaces || g.split(".")[1] + "/" + g.split(".")[0] in variables.gateways))';
const isOwnDoor = '!a.value.contains(".") || variables.namespaces.exists(n, a.value.endsWith("." + n + variables.domain))';

export const GATEWAYS: readonly Condition[] = [
  { kinds: ['networking.istio.io/VirtualService'], holds: all(`${SPEC}.gateways`, 'g', isBoundHome) },
  {
    // Where bytes come in, no host says whose they are: the port is everybody's.
    kinds: ['networking.istio.io/Gateway'],
    holds: all(
      `${SPEC}.servers`,
      'v',
      'has(v.port) && has(v.port.protocol) && v.port.protocol.upperAscii() in ["HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "TLS"]',
    ),
  },
  {
    kinds: ['gateway.networking.k8s.io/Gateway'],
    holds: all(`${SPEC}.addresses`, 'a', `(has(a.type) && a.type == "IPAddress") || !has(a.value) || ${isOwnDoor}`),
  },
  {
    kinds: ['gateway.networking.k8s.io/ListenerSet'],
    holds: `${isHome(`${SPEC}.parentRef`)} || ${isListed(`${SPEC}.parentRef`)}`,
  },
  {
    kinds: [...ROUTE_KINDS, ...CONNECTION_KINDS],
    holds: all(`${SPEC}.parentRefs`, 'p', `${isHome('p')} || (${isGateway('p')} && ${isListed('p')})`),
  },
];

const inBlocks = (address: string): string =>
  `(isIP(${address}) ? variables.blocks.exists(b, cidr(b).containsIP(${address})) : ` +
  `(isCIDR(${address}) && variables.blocks.exists(b, cidr(b).containsCIDR(${address}))))`;
// A name is looked up, and takes no address from anybody.
const isPlace = (address: string): string =>
  `(${address} == "" || ${address}.startsWith("unix://") || ` +
  `(!${address}.contains(":") && !${address}.contains("/") && ${address}.matches("[a-zA-Z]")) || ${inBlocks(address)})`;

export const ADDRESSES: readonly Condition[] = [
  {
    kinds: ['networking.istio.io/ServiceEntry'],
    holds: `${all(`${SPEC}.addresses`, 'a', inBlocks('a'))} && ${all(`${SPEC}.endpoints`, 'e', `!has(e.address) || ${isPlace('e.address')}`)}`,
  },
  { kinds: ['networking.istio.io/WorkloadEntry'], holds: `!has(${SPEC}.address) || ${isPlace(`${SPEC}.address`)}` },
  { kinds: ['/Service'], holds: all(`${SPEC}.externalIPs`, 'a', inBlocks('a')) },
];

/** True for whatever object is of another kind. */
export function guarded({ kinds, holds }: Condition): string {
  return `!(variables.kind in ${JSON.stringify(kinds)}) || (${holds})`;
}
