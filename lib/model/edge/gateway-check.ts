import type { IpBlockFacts } from '../access/ip-block-facts';
import type { Declared } from '../declared';
import type { HttpPart } from '../http-part';
import type { Party, PartyFacts } from '../party';

/** Clients of a gateway, by their addresses. */
export interface ClientsFacts extends IpBlockFacts {
  /** All others are meant. */
  readonly others: boolean;
  /** Something is said by which the gateway sees these addresses, and none of what stands before it. */
  readonly areSeen: boolean;
}

interface Check<Who> extends Declared {
  readonly gateway: Who;
  /** CUSTOM: somebody outside the proxies is asked. AUDIT: it is noted. DENY: some clients are refused. */
  readonly action: 'CUSTOM' | 'AUDIT' | 'DENY';
  /** Who is asked, by its name in the mesh configuration. */
  readonly provider?: string;
  /** Others may be asked at the same gateway. */
  readonly asksBeside?: boolean;
  /** Who is refused, by address. */
  readonly clients?: ClientsFacts;
  /** A port on which connections are meant as well that are no requests. */
  readonly bytesOn?: number;
  /** Hosts of the requests that are meant; empty for all. */
  readonly hosts: readonly string[];
  /** Requests that are meant; absent for all. */
  readonly http?: readonly HttpPart[];
}

/** What a gateway does about requests before it sends them on, as it was said. */
export type GatewayCheckStatement = Check<PartyFacts>;

/** The same at a gateway of which all is known. */
export type GatewayCheck = Check<Party>;
