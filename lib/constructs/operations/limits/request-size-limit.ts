import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { speaksGrpc } from '../../../model/retry-safety';
import { renderSizeLimit } from '../../../render/limits/size-limit';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireName } from '../../../support/object-names';
import { NUMBER, optional, passedOn, struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import type { IngressGateway } from '../../edge/ingress-gateway';
import { OWN_GATEWAY } from '../../edge/own-gateway';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { type Limited, limitedBy } from './limit-place';
import { makeLimit } from './make-limit';

/** How long the body of a request may be. Give either `service` or `gateway`. */
export interface RequestSizeLimitProps {
  /** Bytes of the longest body that passes. A proxy holds that much of each request in memory. */
  readonly maxBytes: number;

  /**
   * The service whose sidecars refuse longer ones. In ambient mode there is none that could.
   * @default - as `gateway` says
   */
  readonly service?: MeshedService;

  /**
   * The gateway whose proxies refuse longer ones, for whichever service.
   * @default - as `service` says
   */
  readonly gateway?: IngressGateway;

  /**
   * Port of the service.
   * @default - all its ports that speak HTTP and not gRPC
   */
  readonly port?: number;
}

/**
 * The longest body that requests may have. A longer one is answered with status 413, and the service does not see it.
 *
 * Expands into an EnvoyFilter with Envoy's buffer, which comes after authentication and authorization. The proxy holds a request back until it has the whole body: what is
 * sent while it is made, uploads in pieces, WebSockets and gRPC streams do not pass it, so that it is refused on ports that speak gRPC; and a gateway that has one is
 * for plain HTTP alone. Istio supports no EnvoyFilter at waypoints: in ambient mode the limit is set at the gateway (MESH737).
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/buffer_filter
 * @example
 * import { RequestSizeLimit } from 'istio-constructs';
 *
 * new RequestSizeLimit(edge, 'one-mebibyte', { gateway, maxBytes: 1024 * 1024 });
 */
export class RequestSizeLimit extends Construct {
  /** The EnvoyFilter. */
  public readonly resource: ApiObject;

  /**
   * Declares the limit.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the limit
   * @param props Whose requests, how long at most
   */
  public constructor(scope: Construct, id: string, props: RequestSizeLimitProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'RequestSizeLimit');
    joinApp(this);
    requireOptions(this, props, REQUEST_SIZE_LIMIT_PROPS);
    const name = requireName(this, 'name of a limit', id);
    const limited = withoutGrpc(this, limitedBy(this, props), props.port);
    const maxBytes = requireCount(this, 'maxBytes of a limit', props.maxBytes, 1);
    this.resource = makeLimit(this, name, limited, () => renderSizeLimit(name, maxBytes));
  }
}

const REQUEST_SIZE_LIMIT_PROPS = struct<RequestSizeLimitProps>({
  maxBytes: passedOn(NUMBER),
  service: optional(OWN_SERVICE),
  gateway: optional(OWN_GATEWAY),
  port: optional(NUMBER),
});

// A stream has no end that a proxy could wait for.
function withoutGrpc(at: Construct, limited: Limited, asked: number | undefined): Limited {
  const { place, party, ports } = limited;
  if ('gatewayName' in place) return limited;
  const streams = ports.filter(speaksGrpc).map(({ targetPort }) => targetPort);
  const rest = place.podPorts.filter((port) => !streams.includes(port));
  if (rest.length > 0) return { ...limited, place: { ...place, podPorts: rest } };
  throw new MeshError({
    code: 'MESH742',
    at,
    what: 'a limit of bodies waits for the end of each, and gRPC requests may have none',
    got: `${asked === undefined ? 'gRPC ports' : `gRPC port ${asked}`} of ${party.name}`,
    fix: 'leave it out: gRPC servers limit the messages that they take by themselves',
  });
}
