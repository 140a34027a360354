import type { Labels } from '../../cluster/objects/fields';
import type { Token } from '../requests/request';

/** What one enforcer sees of a request when it decides. */
export interface Access {
  /** The identity that the connection proved; nobody's on plaintext. */
  readonly principal?: string;
  /** Absent where a tunnel ends in the proxy that decides: it then sees itself on the other end. */
  readonly sourceAddress?: string;
  /** Of the client, which a proxy that reads HTTP takes from what the one before it has noted. */
  readonly clientAddress: string;
  readonly destinationAddress: string;
  /** The port as this enforcer knows it: the Service's at a waypoint, the pod's elsewhere. */
  readonly port: number;
  /** The server that TLS asks for, where it is known. */
  readonly sni?: string;
  /** Absent where the enforcer reads bytes only. */
  readonly http?: HttpAccess;
}

export interface HttpAccess {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: Labels;
  /** A token that the enforcer has checked. */
  readonly token?: Token;
}
