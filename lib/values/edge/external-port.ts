import { beganLater } from '../../istio/began-later';
import type { Port } from '../../model/port';
import { MeshError } from '../../support/mesh-error';
import { made, NUMBER } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';

import { originationOf, TLS_ORIGINATION_OPTIONS, type TlsOriginationOptions } from './tls-origination';

/**
 * A port of a host outside the cluster, and what is spoken there.
 *
 * Expands into a port of the ServiceEntry; `tlsOrigination` into a DestinationRule as well.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
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
    requireArguments('ExternalPort', { port }, { port: NUMBER });
    const name = port === 443 ? 'tls' : `tls-${port}`;
    return new ExternalPort(name, 'tls', requireTlsFirst(port));
  }

  /**
   * TLS that the calling application begins with its first byte, with a server name, and that carries something else than HTTP: Redis with TLS, MongoDB Atlas,
   * Kafka with SASL_SSL. PostgreSQL, MySQL and mail servers begin in plain text: for them there are `postgres`, `mysql` and `tcp`.
   * @param port Port of the host
   */
  public static tls(port: number): ExternalPort {
    return new ExternalPort(`tls-${port}`, 'tls', port);
  }

  /**
   * Plain HTTP, which proxies read.
   * @param port Port of the host
   */
  public static http(port: number = 80): ExternalPort {
    return new ExternalPort(port === 80 ? 'http' : `http-${port}`, 'http', port);
  }

  /**
   * Plain HTTP for the application, TLS for the host: a proxy begins it, and checks the host's certificate by name and authority. In ambient mode that
   * is the waypoint of the namespace, so that one is made.
   * @param options Ports, names and certificates
   * @example
   * import { ExternalPort, ExternalService } from 'istio-constructs';
   *
   * const rates = new ExternalService(shop, 'rates', { host: 'rates.example.com', port: ExternalPort.tlsOrigination() });
   * cart.calls(rates);
   */
  public static tlsOrigination(options: TlsOriginationOptions = {}): ExternalPort {
    requireOptions('ExternalPort', options, TLS_ORIGINATION_OPTIONS);
    const { port = 80, targetPort = 443 } = options;
    const to = requirePort('ExternalPort', 'targetPort', targetPort);
    return new ExternalPort(port === 80 ? 'http' : `http-${port}`, 'http', port, { targetPort: to, origination: originationOf(options) });
  }

  /**
   * Bytes whose meaning the mesh does not know, and protocols that turn to TLS after a greeting in plain text. Nothing in them names the host: with `addresses`
   * of the ExternalService a sidecar tells several such hosts on one port apart.
   * @param port Port of the host
   */
  public static tcp(port: number): ExternalPort {
    return new ExternalPort(`tcp-${port}`, 'tcp', port);
  }

  /**
   * PostgreSQL, with or without TLS: it asks for TLS in plain text, so that to the mesh it is bytes.
   * @param port Port of the host
   */
  public static postgres(port: number = 5432): ExternalPort {
    return ExternalPort.tcp(port);
  }

  /**
   * MySQL or MariaDB, with or without TLS: the server speaks first, so that to the mesh it is bytes.
   * @param port Port of the host
   */
  public static mysql(port: number = 3306): ExternalPort {
    return ExternalPort.tcp(port);
  }

  /**
   * MongoDB without TLS. With TLS, as MongoDB Atlas has it, it is `tls(27017)`.
   * @param port Port of the host
   */
  public static mongo(port: number = 27017): ExternalPort {
    return ExternalPort.tcp(port);
  }

  /**
   * Redis without TLS. With TLS it is `tls(6379)`, or whatever port that has.
   * @param port Port of the host
   */
  public static redis(port: number = 6379): ExternalPort {
    return ExternalPort.tcp(port);
  }

  /**
   * Packets of UDP: syslog, NTP, QUIC. No proxy of the mesh handles them; the network layer alone opens the port. Of an ExternalNetwork.
   * @param port Port of the host
   */
  public static udp(port: number): ExternalPort {
    return new ExternalPort(`udp-${port}`, 'udp', port);
  }

  /** Port of the host. */
  public readonly number: number;
  /** @internal */
  public readonly _facts: Port;

  private constructor(name: string, appProtocol: string, port: number, more: Partial<Port> = {}) {
    requireArguments('ExternalPort', { port }, { port: NUMBER });
    this.number = requirePort('ExternalPort', 'port', port);
    this._facts = Object.freeze({ name, number: port, targetPort: port, appProtocol, readsHttp: appProtocol === 'http', ...more });
  }
}

export const EXTERNAL_PORT = made(ExternalPort, 'ExternalPort', 'ExternalPort.https()');

function requireTlsFirst(port: number): number {
  const way = beganLater(port);
  if (way === undefined) return port;
  throw new MeshError({
    code: 'MESH785',
    at: 'ExternalPort',
    what: 'HTTPS begins with TLS, and proxies wait for the server name in its first bytes',
    got: `https(${port}), a port where ${way.speaks} greet in plain text first: every connection would be cut`,
    fix: `write ExternalPort.${way.word}; where the client really begins with TLS, ExternalPort.tls(${port})`,
  });
}
