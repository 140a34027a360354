import type { Declared } from '../declared';
import type { HttpPart } from '../http-part';
import type { Party, PartyFacts } from '../party';

interface Check<Who> extends Declared {
  readonly gateway: Who;
  /** CUSTOM: somebody outside the proxies is asked. AUDIT: it is noted. */
  readonly action: 'CUSTOM' | 'AUDIT';
  /** Who is asked, by its name in the mesh configuration. */
  readonly provider?: string;
  /** Others may be asked at the same gateway. */
  readonly asksBeside?: boolean;
  /** Hosts of the requests that are meant; empty for all. */
  readonly hosts: readonly string[];
  /** Requests that are meant; absent for all. */
  readonly http?: readonly HttpPart[];
}

/** What a gateway does about requests before it sends them on, as it was said. */
export type GatewayCheckStatement = Check<PartyFacts>;

/** The same at a gateway of which all is known. */
export type GatewayCheck = Check<Party>;
