import type { ICaller } from '../../values/access/caller';
import type { IObservedGateway } from '../../values/observability/observed-gateway';
import type { IMeshNamespace } from '../namespace/i-mesh-namespace';
import type { IMeshedService } from '../service/i-meshed-service';
import type { DelegateOptions } from './listeners/delegate-options';
import type { ExposeOptions } from './expose-options';
import type { IDelegatedListeners } from './listeners/i-delegated-listeners';

/** A gateway at the edge of the mesh, made by this program or by somebody else. */
export interface IIngressGateway extends IObservedGateway, ICaller {
  /**
   * Makes a service reachable through this gateway: a route, and a grant for exactly what the route lets in.
   * @param service The service
   * @param options Host and path
   */
  expose(service: IMeshedService, options: ExposeOptions): void;

  /**
   * Hands some of its hosts over to a namespace: a ListenerSet there, with certificates of that namespace.
   * @param tenant The namespace
   * @param options Listeners, each with its hosts and certificate
   */
  delegateHosts(tenant: IMeshNamespace, options: DelegateOptions): IDelegatedListeners;
}
