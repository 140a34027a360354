import { asksForToken, type UserPart } from './end-user';

/** Whose tokens a gateway itself asks for, in the requests of one exposure. */
export interface GatewayUsers {
  /** One of them is enough. */
  readonly anyOf: readonly UserPart[];
  /** Port of the gateway's pods at which the requests come in. */
  readonly port: number;
  /** The same as clients dial it. */
  readonly listenerPort: number;
  /** The host of the listener; absent where it takes all. */
  readonly listenerHost?: string;
}

/** Nobody comes in without a token: where one of several users may do so, everybody may. */
export function asksAtGateway(users: GatewayUsers | undefined): users is GatewayUsers {
  return users !== undefined && users.anyOf.every(asksForToken);
}
