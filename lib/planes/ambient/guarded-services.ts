import type { WaypointFacts } from '../../model/namespace-facts';

/** One of the Services over the pods of a service. */
export interface StandingService {
  readonly name: string;
  readonly hasAddress: boolean;
  /** Name of the waypoint that its own label asks for, or `none`; absent where its namespace says it. */
  readonly waypoint?: string;
  /** This program sends callers there. */
  readonly isOurs: boolean;
}

/** By which of the Services over its pods a service is reached through a waypoint. */
export interface GuardedServices {
  readonly waypoint?: WaypointFacts;
  /** Names of those that the waypoint stands before. */
  readonly guardedNames?: readonly string[];
  /** Callers of another connect to the pods themselves. */
  readonly isDialled?: boolean;
}

/** Which of the Services over some pods have no address; undefined where all have one. */
export function headlessAmong(services: ReadonlyArray<Pick<StandingService, 'hasAddress'>>): 'some' | 'all' | undefined {
  const count = services.filter(({ hasAddress }) => !hasAddress).length;
  if (count === 0) return undefined;
  return count === services.length ? 'all' : 'some';
}

/**
 * Nothing can stand before a Service without an address. One that a user labelled is left where its label says: it lets nobody in. A waypoint that is one service's own
 * stands before Services of others only where their labels say so.
 */
export function guardedServices(waypoint: WaypointFacts, services: readonly StandingService[], isOwn = false): GuardedServices {
  const isSent = (service: StandingService): boolean =>
    service.waypoint === waypoint.name || (service.waypoint === undefined && (service.isOurs || !isOwn));
  const isGuarded = (service: StandingService): boolean => service.hasAddress && isSent(service);
  const guarded = services.filter(isGuarded);
  if (guarded.length === 0) return {};
  return {
    waypoint,
    guardedNames: guarded.map(({ name }) => name),
    isDialled: services.some((service) => !service.hasAddress || (service.isOurs && !isGuarded(service))),
  };
}
