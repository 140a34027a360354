import type { Declared } from '../declared';
import type { MeshModel } from '../mesh-model';
import type { Party } from '../party';
import type { IssuerFacts } from './end-user';

/** Somebody who believes an issuer, and where that is said. */
export interface TokenTaker {
  readonly on: Declared;
  readonly issuer: IssuerFacts;
  /** The service that is called, or the gateway that asks itself. */
  readonly taker: Party;
}

/** All who take tokens: those whose calls need one, and gateways. */
export function takersIn({ calls, exposures }: MeshModel): TokenTaker[] {
  return [
    ...calls.flatMap((call) => (call.user ? [{ on: call, issuer: call.user.issuer, taker: call.callee }] : [])),
    ...exposures.flatMap((on) => (on.users?.anyOf ?? []).map(({ issuer }) => ({ on, issuer, taker: on.gateway }))),
  ];
}
