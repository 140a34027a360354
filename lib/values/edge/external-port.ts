import type { Port } from '../../model/port';
import { made, NUMBER } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';

/**
 * A port of a host outside the cluster.
 *
 * Expands into a port of the ServiceEntry.
 *
 * @example
 * import { ExternalPort, ExternalService } from 'istio-constructs';
 *
 * const cards = new ExternalService(shop, 'card-network', {
 *   host: 'api.cards.example.com',
 *   port: ExternalPort.https(),
 *   morePorts: [ExternalPort.https(8443)],
 * });
 * cart.calls(cards, { port: 8443 });
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
  /** @internal */
  public readonly _facts: Port;

  private constructor(port: number) {
    requireArguments('ExternalPort', { port }, { port: NUMBER });
    this.number = requirePort('ExternalPort', 'port', port);
    const name = port === 443 ? 'tls' : `tls-${port}`;
    this._facts = Object.freeze({ name, number: port, targetPort: port, appProtocol: 'tls', readsHttp: false });
  }
}

export const EXTERNAL_PORT = made(ExternalPort, 'ExternalPort', 'ExternalPort.https()');
