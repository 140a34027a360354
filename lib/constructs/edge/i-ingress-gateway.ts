import type { IConstruct } from 'constructs';
import type { ICaller } from '../../values/access/caller';
import type { IMeshedService } from '../service/i-meshed-service';
import type { ExposeOptions } from './expose-options';

/** A gateway at the edge of the mesh, made by this program or by somebody else. */
export interface IIngressGateway extends IConstruct, ICaller {
  /** Name of the Gateway. */
  readonly gatewayName: string;

  /**
   * Makes a service reachable through this gateway: a route, and a grant for exactly what the route lets in.
   * @param service The service
   * @param options Host and path
   */
  expose(service: IMeshedService, options: ExposeOptions): void;
}
