import type { IConstruct } from 'constructs';
import { type Door, doorsOf, type ListenerFacts } from '../../../model/edge/listener';
import { RESERVED } from '../../../istio/ports';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

/** The doors of a gateway, once Istio can have all of them side by side, and beside some that it has already. */
export function requireListeners(at: IConstruct, listeners: readonly ListenerFacts[], besides: readonly Door[] = []): readonly Door[] {
  if (listeners.length === 0)
    refuse(at, 'MESH780', 'a gateway has a listener', 'neither tlsSecret nor listeners', 'set tlsSecret, or name GatewayListeners');
  listeners.forEach((listener) => requireOwnPort(at, listener));
  const doors = listeners.flatMap(doorsOf);
  doors.forEach((door) => besides.forEach((other) => requireApart(at, { ...other, section: `the gateway's ${other.section}` }, door)));
  doors.forEach((door, index) => doors.slice(0, index).forEach((other) => requireApart(at, other, door)));
  return doors;
}

/** What a listener is called in a message. */
export function doorText({ section, host, listener }: Door): string {
  return `${section} (port ${listener.port}${host === undefined ? '' : `, ${host}`})`;
}

function requireOwnPort(at: IConstruct, { name, port }: ListenerFacts): void {
  if (port < RESERVED.first || port > RESERVED.last) return;
  const what = `ports ${RESERVED.first} to ${RESERVED.last} are the proxy's own`;
  refuse(at, 'MESH782', what, `port ${port} for listener ${name}`, 'choose another port');
}

const IN_THE_OPEN: readonly string[] = ['http', 'redirect'];

// TLS tells its hosts before anything is decrypted; a port that is open to other bytes tells nothing.
function requireApart(at: IConstruct, first: Door, second: Door): void {
  const [one, other] = [first.listener, second.listener];
  const isOnePort = one.port === other.port;
  const kinds = [one.kind, other.kind];
  const isMixed = kinds.includes('tcp') || IN_THE_OPEN.includes(one.kind) !== IN_THE_OPEN.includes(other.kind);
  if (first.section !== second.section && !(isOnePort && (isMixed || first.host === second.host))) return;
  refuse(
    at,
    'MESH781',
    'listeners of a gateway differ in their names, and on one port in their hosts; TLS, HTTP in the open and TCP each have ports of their own',
    `${doorText(first)} and ${doorText(second)}`,
    'give one of them another name, other hosts or another port',
  );
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
