import type { Declared } from './declared';
import type { Party, PartyFacts } from './party';
import type { RewriteFacts } from './route-features';

interface Opening<Who> extends Declared {
  readonly gateway: Who;
  /** Absent: any listener of the gateway. */
  readonly listener?: string;
  readonly service: Who;
  readonly host: string;
  readonly pathPrefix: string;
  /** Other words in which the gateway sends its requests on. */
  readonly rewrite?: RewriteFacts;
  readonly port: number;
  /** Name of the route that opens it; unique for the service. */
  readonly routeName: string;
}

/** A service made reachable through a gateway, as it was said. */
export type ExposureStatement = Opening<PartyFacts>;

/** The same between parties of whom all is known. */
export interface Exposure extends Opening<Party> {
  /** Paths of the same gateway and host that lead to other services. */
  readonly otherPaths: readonly string[];
}
