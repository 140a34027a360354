import type { ICallee } from '../../values/access/callee';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { CALLEE } from '../party-of';

/** Who answers for an authorizer. */
export interface ExternalAuthorizerOptions {
  /** The service that the mesh configuration names for the provider: proxies send it what they ask. */
  readonly service: ICallee;

  /**
   * Its port, as the mesh configuration has it.
   * @default - all its ports
   */
  readonly port?: number;

  /**
   * Others may be asked about the same service or gateway, about other requests or the same ones: each of them has to agree, by the order of their names. istiod wants its flag
   * `PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS` for it, which there is from Istio 1.30 on, and which is off in 1.31 unless somebody sets it. Without the flag istiod refuses whatever any of them is to be asked about.
   * @default false
   */
  readonly besideOthers?: boolean;
}

/**
 * Somebody outside the proxies who decides about requests: a login such as oauth2-proxy, or Open Policy Agent. The mesh configuration knows it by name, under
 * `extensionProviders`, with `envoyExtAuthzHttp` or `envoyExtAuthzGrpc`. About bytes proxies ask by gRPC alone.
 *
 * Expands into the `provider` of an AuthorizationPolicy CUSTOM of each service and gateway that asks it (`access.askFirst`, `gateway.askFirst`), and grants whoever asks, the service's own sidecar or the waypoint of its namespace, the call to it.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
 * @example
 * import { ExternalAuthorizer, HttpAccess, MeshedService, MeshPort } from 'istio-constructs';
 *
 * const opa = new MeshedService(shop, 'opa', { image: 'docker.io/openpolicyagent/opa:1.9.0-envoy', ports: [MeshPort.grpc(9191)] });
 * const authorizer = ExternalAuthorizer.of('opa', { service: opa });
 * product.access.askFirst(authorizer, { http: [HttpAccess.anyMethod('/orders')] });
 */
export class ExternalAuthorizer {
  /**
   * An authorizer of the mesh configuration.
   * @param provider Its name there, under `extensionProviders`
   * @param options The service that answers
   */
  public static of(provider: string, options: ExternalAuthorizerOptions): ExternalAuthorizer {
    return new ExternalAuthorizer(provider, options);
  }

  /** Its name in the mesh configuration. */
  public readonly provider: string;
  /** The service that answers. */
  public readonly service: ICallee;
  /** @internal */
  public readonly _port?: number;
  /** @internal */
  public readonly _besideOthers: boolean;

  private constructor(provider: string, options: ExternalAuthorizerOptions) {
    requireArguments('ExternalAuthorizer', { provider }, { provider: TEXT });
    requireOptions('ExternalAuthorizer', options, EXTERNAL_AUTHORIZER_OPTIONS);
    this.provider = requireProvider(provider);
    this.service = options.service;
    this._port = options.port;
    this._besideOthers = options.besideOthers ?? false;
  }
}

const EXTERNAL_AUTHORIZER_OPTIONS = struct<ExternalAuthorizerOptions>({
  service: CALLEE,
  port: optional(NUMBER),
  besideOthers: optional(BOOLEAN),
});

export const EXTERNAL_AUTHORIZER = made(ExternalAuthorizer, 'ExternalAuthorizer', "ExternalAuthorizer.of('opa', { service: opa })");

// As istiod wants it: of any other name it makes a refusal of all that is asked about.
function requireProvider(provider: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(provider)) return provider;
  throw new MeshError({
    code: 'MESH840',
    at: 'ExternalAuthorizer',
    what: 'istiod knows an authorizer by a name of small letters, digits and -, at most 63 of them',
    got: provider === '' ? 'no name' : provider,
    fix: 'give the name that it has under extensionProviders of the mesh configuration',
  });
}
