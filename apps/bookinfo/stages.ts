// The stages of Istio's traffic tasks, each as far as it differs from the bookshop as it is.
import { Duration } from 'cdk8s';
import {
  CircuitBreaker,
  FaultInjection,
  MeshedService,
  RequestMatch,
  RequestRule,
  TrafficMirror,
  ZeroTrustNamespace,
} from 'istio-constructs';

/** Who can be routed to, slowed down or copied. */
export interface Bookshop {
  readonly books: ZeroTrustNamespace;
  readonly reviews: MeshedService;
  readonly ratings: MeshedService;
}

export interface Stage {
  /** Which requests to the reviews reach which version. */
  readonly reviews: RequestRule[];
  /** Version of the reviews that gets copies of requests, and nothing else. */
  readonly shadow?: string;
  /** How much of `details` a caller may use. */
  readonly details?: CircuitBreaker;
  /** What goes wrong on purpose. */
  readonly faults?: (shop: Bookshop) => FaultInjection;
}

const JASON = RequestMatch.header('end-user', 'jason');

/** Who is signed in as jason sees black stars, all others none. */
const JASON_SEES_V2: RequestRule[] = [{ match: [JASON], to: 'v2' }, { to: 'v1' }];

export const STAGES = {
  /** No stars, for anybody. */
  'all-v1': { reviews: [{ to: 'v1' }] },

  'jason-v2': { reviews: JASON_SEES_V2 },

  /** The page waits six seconds for the reviews, so jason finds that they are unavailable: a bug that only slow ratings show. */
  'slow-ratings': {
    reviews: JASON_SEES_V2,
    faults: ({ books, ratings }) =>
      new FaultInjection(books, 'slow-ratings', { service: ratings, match: [JASON], delay: { duration: Duration.seconds(7) } }),
  },

  /** The page says at once that ratings are unavailable, to jason. */
  'failing-ratings': {
    reviews: JASON_SEES_V2,
    faults: ({ books, ratings }) =>
      new FaultInjection(books, 'failing-ratings', { service: ratings, match: [JASON], abort: { status: 500 } }),
  },

  /** Every second request shows red stars; all others none. */
  'half-v3': { reviews: [{ split: [{ version: 'v3', weight: 50 }] }] },

  /** Red stars for all. */
  'all-v3': { reviews: [{ to: 'v3' }] },

  /** Ratings take two seconds, and the page waits half a second for reviews that ask for them. */
  timeout: {
    reviews: [{ to: 'v2', timeout: Duration.millis(500) }],
    faults: ({ books, ratings }) =>
      new FaultInjection(books, 'slow-ratings', { service: ratings, delay: { duration: Duration.seconds(2) } }),
  },

  /** Readers see no stars, and v2 gets a copy of each of their requests. */
  mirror: { reviews: [{ to: 'v1' }], shadow: 'v2' },

  /** One connection to the details at a time, one request that waits for it; a pod that fails once is left out for three minutes. */
  'circuit-breaking': {
    reviews: [{ to: 'v1' }],
    details: {
      maxConnections: 1,
      maxPendingRequests: 1,
      maxRequestsPerConnection: 1,
      consecutiveServerErrors: 1,
      interval: Duration.seconds(1),
      baseEjectionTime: Duration.minutes(3),
      maxEjectionPercent: 100,
    },
  },
} as const satisfies Readonly<Record<string, Stage>>;

export type StageName = keyof typeof STAGES;

/** A stage by its name, as STAGE has it. */
export function stageNamed(name: string): StageName {
  if (Object.keys(STAGES).includes(name)) return name as StageName;
  throw new Error(`There is no stage ${name}; there are ${Object.keys(STAGES).join(', ')}.`);
}

/** Copies of the requests to the reviews, if the stage has any. */
export function addShadow({ books, reviews }: Bookshop, version: string | undefined, image: (version: string) => string): void {
  if (version === undefined) return;
  new TrafficMirror(books, 'shadow', { service: reviews, mirror: { version, image: image(version) } });
}
