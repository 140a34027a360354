import type { Port } from '../model/port';
import { checkKnown } from '../support/known';
import { checkPort } from './mesh-port';

/**
 * A port of a host outside the cluster.
 *
 * Expands into a port of the ServiceEntry.
 */
export class ExternalPort {
  /**
   * HTTPS that the calling application speaks itself: it passes through the mesh as it is, checked by server name only.
   * @param port Port of the host
   */
  public static https(port: number = 443): ExternalPort {
    return new ExternalPort(port);
  }

  /** Port of the host. */
  public readonly number: number;

  private constructor(port: number) {
    checkKnown('ExternalPort', { port });
    this.number = checkPort('port', port);
  }

  /** @internal */
  public _toPort(): Port {
    return Object.freeze({
      name: this.number === 443 ? 'tls' : `tls-${this.number}`,
      number: this.number,
      targetPort: this.number,
      appProtocol: 'tls',
      readsHttp: false,
    });
  }
}
