import { type Door, doorsOf, type ListenerFacts } from './listener';

/** A Gateway of Istio's own API, as routes name it. */
export interface IstioGatewayRef {
  readonly name: string;
  readonly namespaceName: string;
}

/** Pods of a gateway that somebody else installed. */
export interface IstioPodsFacts {
  readonly podLabels: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
  /** Absent: the namespace of the gateway. */
  readonly namespaceName?: string;
  /** Ports of the pods, by those of the Service that leads to them; the same number where none is said. */
  readonly targetPorts: Readonly<Record<string, number>>;
}

/** One Gateway of Istio's own API, for one listener: routes bind to a Gateway, and so to this listener alone. */
export interface Gate {
  readonly name: string;
  readonly listener: ListenerFacts;
  readonly servers: readonly GateServer[];
}

/** What tells one route from another at a listener. */
export interface GateServer {
  readonly name: string;
  /** Empty: any host. */
  readonly hosts: readonly string[];
}

/** One for each listener; of those that share a name the later ones are counted. */
export function gatesOf(gatewayName: string, listeners: readonly ListenerFacts[]): readonly Gate[] {
  return listeners.map((listener, index) => {
    const before = listeners.slice(0, index).filter(({ name }) => name === listener.name).length;
    const name = before === 0 ? listener.name : `${listener.name}-${before + 1}`;
    return { name: `${gatewayName}-${name}`, listener, servers: serversOf(listener) };
  });
}

/** The Gateway of a door. */
export function gateOf(gates: readonly Gate[], { listener }: Door): Gate {
  return gates.find((gate) => gate.listener === listener)!;
}

// Once TLS has ended nothing tells hosts apart, so that each has a server.
function serversOf(listener: ListenerFacts): GateServer[] {
  const { kind, name, hosts } = listener;
  if (kind !== 'tls' || hosts.length < 2) return [{ name, hosts }];
  return doorsOf(listener).map(({ section, host }) => ({ name: section, hosts: host === undefined ? [] : [host] }));
}
