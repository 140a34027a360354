import type { Port } from '../../model/port';
import { MeshError } from '../../support/mesh-error';
import { made, NUMBER } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';
import { MESH_PORT_OPTIONS, type MeshPortOptions, mtlsOf, plaintextOf, timeoutOf } from './mesh-port-options';

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
    const mtls = mtlsOf(options);
    this._facts = Object.freeze({
      name,
      number,
      targetPort,
      appProtocol,
      readsHttp,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(plaintext === undefined ? {} : { plaintext }),
      ...(mtls && { mtls }),
    });
  }
}

export const MESH_PORT = made(MeshPort, 'MeshPort', 'MeshPort.http(8080)', MESH_PORT_OPTIONS);

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
