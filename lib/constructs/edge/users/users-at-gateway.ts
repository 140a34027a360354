import type { IConstruct } from 'constructs';
import type { Door } from '../../../model/edge/listener';
import type { GatewayUsers } from '../../../model/users/gateway-users';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import { type EndUser, userPartOf } from '../../../values/access/end-user';

/** Port of the gateway's pods to which a port of their Service leads; absent at a gateway of another program. */
export type PodPort = ((port: number) => number) | undefined;

/** Whose tokens a gateway asks for at a door, for one host. */
export function usersAtDoor(
  at: IConstruct,
  users: readonly EndUser[],
  podPort: PodPort,
  door: Door | undefined,
  host: string,
): GatewayUsers {
  if (users.length === 0)
    refuse(at, 'MESH860', 'a gateway asks for the token of somebody', 'usersAtGateway: []', 'name one user, or leave it out');
  // A policy has one star: *.example.com does not cover a.example.com:8443, which a gateway takes for the same host.
  if (host.startsWith('*')) {
    const fix = 'name each host in host and moreHosts; or say user instead, and the proxy of the service asks';
    refuse(at, 'MESH861', 'a gateway asks for tokens under hosts that are named in full', host, fix);
  }
  if (!podPort || !door) {
    const fix = 'say user instead, and the proxy of the service asks; or have that program expose it';
    refuse(at, 'MESH862', 'what a gateway asks for stands beside it, in the program that makes it', 'usersAtGateway', fix);
  }
  const { port } = door.listener;
  return { anyOf: users.map(userPartOf), port: podPort(port), listenerPort: port, listenerHost: door.host };
}

function refuse(at: IConstruct, code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
