import type { IConstruct } from 'constructs';
import type { CallOptions } from '../../values/access/call-options';
import type { ServiceAccess } from '../../graph/service-access';
import type { ICallee } from '../../values/access/callee';
import type { ICaller } from '../../values/access/caller';

/** A service of the mesh, made by this program or by somebody else. */
export interface IMeshedService extends IConstruct, ICaller, ICallee {
  /** Name of the Service. */
  readonly serviceName: string;
  /** SPIFFE identity of its pods, as policies write it: without the scheme. */
  readonly principal: string;
  /** Who may call it. */
  readonly access: ServiceAccess;

  /**
   * Says that this service calls another: opens the way at both ends.
   * @param callee What it calls
   * @param options Which port and requests; all when left out
   */
  calls(callee: ICallee, options?: CallOptions): void;
}
