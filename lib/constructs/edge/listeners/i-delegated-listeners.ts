import type { IConstruct } from 'constructs';
import type { IMeshedService } from '../../service/i-meshed-service';
import type { ExposeOptions } from '../expose-options';

/** Listeners of a gateway that belong to another namespace than the gateway does. */
export interface IDelegatedListeners extends IConstruct {
  /** Name of the ListenerSet. */
  readonly listenerSetName: string;

  /**
   * Makes a service reachable through these listeners: a route, and a grant to the gateway for exactly what the route lets in.
   * @param service The service
   * @param options Host and path
   */
  expose(service: IMeshedService, options: ExposeOptions): void;
}
