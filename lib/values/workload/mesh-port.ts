import type { Duration } from 'cdk8s';
import type { Port } from '../../model/port';
import { MeshError } from '../../support/mesh-error';
import { requireMilliseconds } from '../../support/bounds/milliseconds';
import { BOOLEAN, made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { timespan } from '../../support/options/timespan';
import { requirePort } from '../../support/port-number';

/** What may differ from the port's defaults. */
export interface MeshPortOptions {
  /**
   * Port that the container listens on, 1 to 65535.
   * @default - the same as the Service's port
   */
  readonly targetPort?: number;

  /**
   * What follows the protocol in the port's name: `web` gives `http-web`. Needed when two ports speak one protocol.
   * @default - the name is the protocol alone
   */
  readonly suffix?: string;

  /**
   * How long a request to this port may take, whatever the service's own `timeout` says; for ports that speak HTTP.
   * @default - as the service says
   */
  readonly timeout?: Duration;

  /**
   * Requests to this port are streams that stay open: the service's timeout does not hold here.
   * @default false
   */
  readonly streams?: boolean;

  /**
   * Why this port takes callers without mutual TLS: the API server that calls a webhook, a kubelet, an old client. They have no identity, so that everybody
   * gets in here, and nowhere else. The report repeats the reason.
   * @default - callers prove who they are, as on all other ports
   */
  readonly plaintext?: string;
}

/**
 * A port of a service and the protocol spoken on it.
 *
 * Expands into the Service's port with a name that begins with the protocol and with `appProtocol`, and into the container's
 * port, so that Istio never has to guess (a wrong guess costs HTTP routing, or hangs protocols in which the server speaks first).
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 * @example
 * import { MeshedService, MeshPort } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.http(81, { targetPort: 8081, suffix: 'admin' }), MeshPort.grpc(9090)],
 * });
 * new MeshedService(shop, 'operator', {
 *   image: 'ghcr.io/acme/operator:2.0.0',
 *   ports: [MeshPort.http(8080), MeshPort.https(443, { targetPort: 9443, plaintext: 'the API server calls the admission webhook' })],
 * });
 */
export class MeshPort {
  /**
   * HTTP/1.1, with or without an upgrade.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static http(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('http', true, port, options);
  }

  /**
   * HTTP/2 without TLS.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static http2(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('http2', true, port, options);
  }

  /**
   * GRPC over HTTP/2.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static grpc(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('grpc', true, port, options);
  }

  /**
   * GRPC for browsers.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static grpcWeb(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('grpc-web', true, port, options);
  }

  /**
   * Bytes whose meaning the mesh does not know.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static tcp(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('tcp', false, port, options);
  }

  /**
   * TLS that the application itself speaks; the mesh sees its server name only.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static tls(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('tls', false, port, options);
  }

  /**
   * HTTPS that the application itself speaks: TLS to the mesh, which reads no HTTP in it.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static https(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('https', false, port, options);
  }

  /**
   * MongoDB's protocol.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static mongo(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('mongo', false, port, options);
  }

  /**
   * MySQL's protocol, in which the server speaks first.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static mysql(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('mysql', false, port, options);
  }

  /**
   * The protocol of Redis.
   * @param port Port of the Service
   * @param options What differs from the defaults
   */
  public static redis(port: number, options: MeshPortOptions = {}): MeshPort {
    return new MeshPort('redis', false, port, options);
  }

  /** Name on the Service and on the container. */
  public readonly name: string;
  /** Port of the Service. */
  public readonly number: number;
  /** Port that the container listens on. */
  public readonly targetPort: number;
  /** Istio's word for the protocol, emitted as `appProtocol`. */
  public readonly appProtocol: string;
  /** Whether a proxy can read HTTP on it: routes, paths and methods need that. */
  public readonly readsHttp: boolean;
  /** @internal */
  public readonly _facts: Port;

  private constructor(appProtocol: string, readsHttp: boolean, port: number, options: MeshPortOptions) {
    requireArguments('MeshPort', { port }, { port: NUMBER });
    requireOptions('MeshPort', options, MESH_PORT_OPTIONS);
    this.appProtocol = appProtocol;
    this.readsHttp = readsHttp;
    this.name = requirePortName(options.suffix === undefined ? appProtocol : `${appProtocol}-${options.suffix}`);
    this.number = requirePort('MeshPort', 'port', port);
    this.targetPort = requirePort('MeshPort', 'targetPort', options.targetPort ?? port);
    const { name, number, targetPort } = this;
    const timeoutMs = timeoutOf(this, options);
    const plaintext = plaintextOf(options);
    this._facts = Object.freeze({
      name,
      number,
      targetPort,
      appProtocol,
      readsHttp,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(plaintext === undefined ? {} : { plaintext }),
    });
  }
}

const MESH_PORT_OPTIONS = struct<MeshPortOptions>({
  targetPort: optional(NUMBER),
  suffix: optional(TEXT),
  timeout: optional(timespan<Duration>()),
  streams: optional(BOOLEAN),
  plaintext: optional(TEXT),
});

export const MESH_PORT = made(MeshPort, 'MeshPort', 'MeshPort.http(8080)', MESH_PORT_OPTIONS);

const STREAMS = 0;

function timeoutOf({ name, readsHttp }: MeshPort, { timeout, streams = false }: MeshPortOptions): number | undefined {
  if (!timeout && !streams) return undefined;
  if (!readsHttp) {
    throw new MeshError({
      code: 'MESH712',
      at: 'MeshPort',
      what: 'only a port that speaks HTTP has requests, and a time for them',
      got: `${timeout ? 'timeout' : 'streams'} at port ${name}`,
      fix: 'leave it out here; connections of other protocols are limited by idleTimeout of circuitBreaker',
    });
  }
  if (!timeout) return STREAMS;
  if (!streams) return requireMilliseconds('MeshPort', 'timeout', timeout);
  throw new MeshError({
    code: 'MESH713',
    at: 'MeshPort',
    what: 'requests of a port take a limited time, or are streams that stay open',
    got: 'both timeout and streams',
    fix: 'drop one of them',
  });
}

function plaintextOf({ plaintext }: MeshPortOptions): string | undefined {
  if (plaintext?.trim() !== '') return plaintext;
  throw new MeshError({
    code: 'MESH791',
    at: 'MeshPort',
    what: 'a port that takes callers without mutual TLS says why',
    got: plaintext,
    fix: 'say who calls it and cannot have mutual TLS, or leave plaintext out',
  });
}

function requirePortName(name: string): string {
  if (name.length <= 15 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && !name.includes('--')) return name;
  throw new MeshError({
    code: 'MESH003',
    at: 'MeshPort',
    what: "a container port's name has at most 15 lower case letters, digits and single '-'",
    got: name,
    fix: 'choose a shorter suffix',
  });
}
