import type { IConstruct } from 'constructs';
import { type Door, hostCovers, type ListenerKind } from '../../../model/edge/listener';
import type { Exposure } from '../../../model/exposure';
import { isDeferred } from '../../../support/deferred';
import { MeshError } from '../../../support/mesh-error';
import { doorText } from './require-listeners';

/** Kinds of listeners that take what is exposed, the one that is preferred first. */
const KINDS: Readonly<Record<Exposure['protocol'], readonly ListenerKind[]>> = {
  http: ['https', 'http'],
  tls: ['passthrough', 'tls'],
  tcp: ['tcp'],
};

interface Sought {
  readonly protocol: Exposure['protocol'];
  /** Absent where bytes say nothing of it. */
  readonly host?: string;
  /** The listener that was asked for by name. */
  readonly name?: string;
}

/**
 * The door by which requests for a host come in: of those that are for the host the one that says most of it. HTTP in the open has to be asked for by
 * name where there is HTTPS.
 */
export function doorFor(at: IConstruct, doors: readonly Door[], sought: Sought): Door {
  const { protocol, host, name } = sought;
  const asked = doors.filter(({ section, listener }) => name === undefined || listener.name === name || section === name);
  for (const kind of KINDS[protocol]) {
    const fitting = asked.filter(({ listener }) => listener.kind === kind);
    const found = closest(
      host === undefined || isDeferred(host) ? anyHost(fitting) : fitting.filter((door) => hostCovers(door.host, host)),
    );
    if (found.length === 1) return found[0];
    if (found.length > 1) refuseSeveral(at, sought, found);
  }
  return refuseNone(at, sought, doors);
}

// What is known only later is for whoever takes every host, or for the only one there is.
function anyHost(doors: readonly Door[]): readonly Door[] {
  const open = doors.filter(({ host }) => host === undefined);
  return open.length > 0 ? open : doors.slice(0, doors.length === 1 ? 1 : 0);
}

/** One for each port, the one with the longest host. */
function closest(doors: readonly Door[]): readonly Door[] {
  const byPort = new Map<number, Door>();
  for (const door of doors) {
    const before = byPort.get(door.listener.port);
    if (!before || (door.host ?? '').length > (before.host ?? '').length) byPort.set(door.listener.port, door);
  }
  return [...byPort.values()];
}

function refuseSeveral(at: IConstruct, sought: Sought, found: readonly Door[]): never {
  throw new MeshError({
    code: 'MESH784',
    at,
    what: 'what is exposed comes in through one listener',
    got: `${textOf(sought)}, for which there are ${found.map(doorText).join(' and ')}`,
    fix: 'name one with listener; expose a second time for another one, with a routeName',
  });
}

const WANTED: Readonly<Record<Exposure['protocol'], string>> = {
  http: 'tlsSecret, or GatewayListener.https with the host',
  tls: 'GatewayListener.tlsPassthrough or GatewayListener.tls with the host',
  tcp: 'GatewayListener.tcp',
};

function refuseNone(at: IConstruct, sought: Sought, doors: readonly Door[]): never {
  throw new MeshError({
    code: 'MESH783',
    at,
    what: 'what is exposed comes in through a listener that is for it',
    got: `${textOf(sought)}; the listeners are ${doors.map(doorText).join(', ')}`,
    fix: `add ${WANTED[sought.protocol]} to the gateway`,
  });
}

function textOf({ protocol, host, name }: Sought): string {
  const what = { http: 'HTTP', tls: 'TLS', tcp: 'TCP' }[protocol];
  return [what, ...(host === undefined ? [] : [`for ${host}`]), ...(name === undefined ? [] : [`by listener ${name}`])].join(' ');
}
