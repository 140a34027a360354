import type { ListenerFacts, ListenerKind } from '../../model/edge/listener';
import { requireExposedHost } from '../../support/bounds/exposed-host';
import { requireName } from '../../support/object-names';
import { BOOLEAN, listOf, made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';
import { GATEWAY_CERTIFICATE, type GatewayCertificate } from './gateway-certificate';

/** A listener that ends TLS. */
export interface TlsListenerOptions {
  /** The certificate that it shows. */
  readonly certificate: GatewayCertificate;

  /**
   * Hosts that it is for, such as `shop.example.com` or `*.example.com`; by them several certificates share a port.
   * @default - all hosts that no other listener of the port is for
   */
  readonly hosts?: string[];

  /**
   * Port that clients connect to.
   * @default 443
   */
  readonly port?: number;

  /**
   * Name of the listener. With hosts, each of them has a listener of its own, `<name>-<host>`.
   * @default - https, mutual or tls, with the port behind it where it is another one
   */
  readonly name?: string;
}

/** A listener that asks its clients for a certificate. */
export interface MutualTlsListenerOptions extends TlsListenerOptions {
  /**
   * Lets clients in that show no certificate, as well.
   * @default false
   */
  readonly isOptional?: boolean;
}

/** A listener for requests in the open. */
export interface PlainListenerOptions {
  /**
   * Hosts that it is for.
   * @default - all hosts that no other listener of the port is for
   */
  readonly hosts?: string[];

  /**
   * Port that clients connect to.
   * @default 80
   */
  readonly port?: number;

  /**
   * Name of the listener. With hosts, each of them has a listener of its own, `<name>-<host>`.
   * @default - http, with the port behind it where it is another one
   */
  readonly name?: string;
}

/** A listener that sends clients on to HTTPS. */
export interface RedirectListenerOptions extends PlainListenerOptions {
  /**
   * Port of HTTPS that they are sent to.
   * @default 443
   */
  readonly securePort?: number;
}

/** A listener that hands TLS on as it is. */
export interface PassthroughListenerOptions {
  /** Hosts that it is for, by the server name that clients ask for. */
  readonly hosts: string[];

  /**
   * Port that clients connect to.
   * @default 443
   */
  readonly port?: number;

  /**
   * Name of the listener; each host has one of its own, `<name>-<host>`.
   * @default - passthrough, with the port behind it where it is another one
   */
  readonly name?: string;
}

const SHARED = { hosts: optional(listOf(TEXT)), port: optional(NUMBER), name: optional(TEXT) } as const;
const TLS_OPTIONS = struct<TlsListenerOptions>({ ...SHARED, certificate: GATEWAY_CERTIFICATE });
const MUTUAL_OPTIONS = struct<MutualTlsListenerOptions>({ ...SHARED, certificate: GATEWAY_CERTIFICATE, isOptional: optional(BOOLEAN) });
const PLAIN_OPTIONS = struct<PlainListenerOptions>(SHARED);
const REDIRECT_OPTIONS = struct<RedirectListenerOptions>({ ...SHARED, securePort: optional(NUMBER) });
const PASSTHROUGH_OPTIONS = struct<PassthroughListenerOptions>({ ...SHARED, hosts: listOf(TEXT) });

interface Said {
  readonly hosts?: string[];
  readonly port?: number;
  readonly name?: string;
}

/**
 * Where a gateway takes connections from outside, and what it does with them.
 *
 * Expands into a listener of the Gateway for each host, to which exactly the routes of what is exposed attach.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
 * @example
 * import { GatewayCertificate, GatewayListener, IngressGateway } from 'istio-constructs';
 *
 * const front = new IngressGateway(edge, 'front', {
 *   listeners: [
 *     GatewayListener.https({ hosts: ['shop.example.com', 'www.example.com'], certificate: GatewayCertificate.secret('shop-cert') }),
 *     GatewayListener.mutualTls({ hosts: ['partners.example.com'], certificate: GatewayCertificate.secret('partners-cert') }),
 *     GatewayListener.redirectToHttps(),
 *   ],
 * });
 * front.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
 */
export class GatewayListener {
  /**
   * HTTPS: TLS ends at the gateway, which reads requests. GRPC comes in here as well.
   * @param options Certificate, hosts and port
   */
  public static https(options: TlsListenerOptions): GatewayListener {
    requireOptions('GatewayListener', options, TLS_OPTIONS);
    return new GatewayListener(factsOf('https', 'https', 443, options, { certificate: options.certificate._facts }));
  }

  /**
   * HTTPS for clients that show a certificate as well. Who signs theirs stands in the Secret beside the gateway's own, under `ca.crt`, or in a Secret
   * `<name>-cacert` beside it.
   * @param options Certificate, hosts and port
   */
  public static mutualTls(options: MutualTlsListenerOptions): GatewayListener {
    requireOptions('GatewayListener', options, MUTUAL_OPTIONS);
    const clients = options.isOptional ? 'optional' : 'required';
    return new GatewayListener(factsOf('https', 'mutual', 443, options, { certificate: options.certificate._facts, clients }));
  }

  /**
   * TLS that ends at the gateway, with anything but HTTP inside: bytes go on to the service.
   * @param options Certificate, hosts and port
   */
  public static tls(options: TlsListenerOptions): GatewayListener {
    requireOptions('GatewayListener', options, TLS_OPTIONS);
    return new GatewayListener(factsOf('tls', 'tls', 443, options, { certificate: options.certificate._facts }));
  }

  /**
   * TLS that the service itself ends; the gateway reads the server name alone.
   * @param options Hosts and port
   */
  public static tlsPassthrough(options: PassthroughListenerOptions): GatewayListener {
    requireOptions('GatewayListener', options, PASSTHROUGH_OPTIONS);
    return new GatewayListener(factsOf('passthrough', 'passthrough', 443, options));
  }

  /**
   * HTTP in the open: whoever is between the client and the gateway reads and changes it. What is exposed here is MESH411.
   * @param options Hosts and port
   */
  public static http(options: PlainListenerOptions = {}): GatewayListener {
    requireOptions('GatewayListener', options, PLAIN_OPTIONS);
    return new GatewayListener(factsOf('http', 'http', 80, options));
  }

  /**
   * HTTP in the open that is answered with the same address under HTTPS, and nothing else.
   * @param options Hosts and ports
   */
  public static redirectToHttps(options: RedirectListenerOptions = {}): GatewayListener {
    requireOptions('GatewayListener', options, REDIRECT_OPTIONS);
    const securePort = requirePort('GatewayListener', 'securePort', options.securePort ?? 443);
    return new GatewayListener(factsOf('redirect', 'http', 80, options, { securePort }));
  }

  /**
   * Connections of any protocol: the port alone says whose they are.
   * @param port Port that clients connect to
   * @param name Name of the listener; `tcp-<port>` unless given
   */
  public static tcp(port: number, name?: string): GatewayListener {
    requireArguments('GatewayListener', { port, name }, { port: NUMBER, name: optional(TEXT) });
    return new GatewayListener(factsOf('tcp', 'tcp', undefined, { port, name }));
  }

  /** @internal */
  public readonly _facts: ListenerFacts;

  private constructor(facts: ListenerFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const GATEWAY_LISTENER = made(GatewayListener, 'GatewayListener', 'GatewayListener.redirectToHttps()');

function factsOf(
  kind: ListenerKind,
  word: string,
  usual: number | undefined,
  { hosts = [], port = usual, name }: Said,
  more: Partial<ListenerFacts> = {},
): ListenerFacts {
  const number = requirePort('GatewayListener', 'port', port!);
  const own = requireName('GatewayListener', 'name of a listener', name ?? (number === usual ? word : `${word}-${number}`));
  return { kind, name: own, port: number, hosts: Object.freeze(hosts.map((host) => requireExposedHost('GatewayListener', host))), ...more };
}
