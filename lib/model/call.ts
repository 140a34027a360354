import type { ConditionFacts, Excepted } from './access/condition-facts';
import type { Declared } from './declared';
import type { HttpPart } from './http-part';
import type { Party, PartyFacts } from './party';
import type { Port } from './port';
import type { UserPart } from './users/end-user';

interface Edge<Who> extends Declared {
  readonly caller: Who;
  readonly callee: Who;
  /** CUSTOM: somebody outside the proxies is asked about it, and its grants count as well. AUDIT: it is noted, and decided as if nobody did. DRY_RUN: the same of a refusal that is tried out. */
  readonly action: 'ALLOW' | 'DENY' | 'CUSTOM' | 'AUDIT' | 'DRY_RUN';
  /** Who is asked, by its name in the mesh configuration. */
  readonly provider?: string;
  /** Others may be asked about the same service. */
  readonly asksBeside?: boolean;
  readonly ports: readonly Port[];
  /** A port that was asked for and that the callee does not have. */
  readonly unknownPort?: number;
  /** Requests that are meant; absent for all. */
  readonly http?: readonly HttpPart[];
  /** Whose token these requests carry; `http` is there then, too. */
  readonly user?: UserPart;
  /** What else has to hold; `http` is there where only who reads HTTP can tell. */
  readonly conditions?: readonly ConditionFacts[];
  /** Who of the callers is not meant. */
  readonly excepted?: readonly Excepted[];
  /** The HTTP part is a second lock, checked where something reads HTTP; the first lock stands elsewhere (a gateway's route). */
  readonly httpIsOptional?: boolean;
  /** The caller connects to the addresses of pods, past every Service. */
  readonly toPods?: boolean;
  /** Callers come without mutual TLS, and so without an identity. */
  readonly plaintext?: boolean;
  /** Why access is open to anyone, or for a time. */
  readonly reason?: string;
  /** The last day on which it is meant, `2026-12-31`. */
  readonly until?: string;
}

/** One edge of the access graph as it was said, frozen. */
export type CallStatement = Edge<PartyFacts>;

/** The same between parties of whom all is known. */
export type Call = Edge<Party>;

/** Whether it takes an Envoy, whatever the port speaks: ztunnel is told of no such policy. */
export function isForEnvoy({ action }: Pick<CallStatement, 'action'>): boolean {
  return action === 'CUSTOM' || action === 'AUDIT' || action === 'DRY_RUN';
}
