import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as telemetry from '../../../../imports/telemetry.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import { isMaker, joinedTelemetry, recordTelemetry } from '../../../graph/observability/record-telemetry';
import { ANALYZE_SUPPRESS } from '../../../istio/labels';
import type { TelemetryTarget } from '../../../model/observability/telemetry';
import { renderTelemetry } from '../../../render/telemetry/telemetry';
import { markKind } from '../../../support/marker';
import { listOf, optional, struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { ACCESS_LOG, type AccessLogOptions } from '../../../values/observability/access-log-options';
import { METRIC_OVERRIDE, type MetricOverride } from '../../../values/observability/metric-override';
import type { IObservedGateway } from '../../../values/observability/observed-gateway';
import { TRACING, type TracingOptions } from '../../../values/observability/tracing-options';
import type { IMeshNamespace } from '../../namespace/i-mesh-namespace';
import { MESH_NAMESPACE } from '../../namespace/own-namespace';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { comeAfter } from '../../tree/order/come-after';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';
import { objectsOf } from '../../tree/objects-of';
import { Slot } from '../../tree/slot';
import { telemetryFactsOf } from './telemetry-facts-of';
import { OBSERVED_GATEWAY, observedBy } from './telemetry-target';
import { type TelemetryPlace, telemetryPlaces } from './telemetry-places';

/** What is traced, logged and counted, and for whom: one of `inNamespace`, `waypointOf`, `service` and `gateway`, or none of them for the whole mesh. */
export interface TelemetryProps {
  /**
   * All proxies of a namespace, and what its waypoint does for its services.
   * @default - not meant
   */
  readonly inNamespace?: IMeshNamespace;

  /**
   * The waypoint of this namespace, for whichever service. In sidecar mode there is none (MESH888).
   * @default - not meant
   */
  readonly waypointOf?: IMeshNamespace;

  /**
   * The sidecars of a service, or what its waypoint does for it.
   * @default - not meant
   */
  readonly service?: MeshedService;

  /**
   * The proxies of a gateway: of an IngressGateway, also of another program, or of an EgressGateway, which is the waypoint of its namespace in ambient mode.
   * @default - not meant
   */
  readonly gateway?: IObservedGateway;

  /**
   * Traces of requests.
   * @default - as the level above says
   */
  readonly tracing?: TracingOptions;

  /**
   * Lines about requests and connections, for each provider that gets some.
   * @default - as the level above says
   */
  readonly accessLogs?: AccessLogOptions[];

  /**
   * What metrics count otherwise than by default. Where two speak of one metric, the later one holds.
   * @default - as the level above says
   */
  readonly metrics?: MetricOverride[];
}

/**
 * What proxies trace, log and count. What is said of the mesh holds for a namespace that says nothing of it, and that for its services and gateways.
 *
 * Expands into one Telemetry for each target, whoever speaks of it: `mesh-default` in the root namespace, `namespace-default`, or one with the name of the waypoint, the
 * gateway or the service, `<service>-waypoint` where a waypoint does it. ztunnel reads no requests and no Telemetry: in ambient mode it asks for a waypoint, as a route does.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 * @example
 * import { IstioMetric, Telemetry, TelemetrySide } from 'istio-constructs';
 *
 * new Telemetry(shop, 'telemetry', {
 *   service: cart,
 *   tracing: { samplingPercentage: 50 },
 *   accessLogs: [{ filter: 'response.code >= 500', side: TelemetrySide.SERVER }],
 *   metrics: [{ metric: IstioMetric.REQUEST_COUNT, tags: { method: 'request.method' } }],
 * });
 */
export class Telemetry extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props For whom, and what
   */
  public constructor(scope: Construct, id: string, props: TelemetryProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'Telemetry');
    joinApp(this);
    requireOptions(this, props, TELEMETRY_PROPS);
    const { target, owner } = observedBy(this, props);
    if (owner) comeAfter(this, () => owner);
    recordTelemetry(this, target, telemetryFactsOf(this, props));
    new Slot(this, 'Telemetry', (settled) => {
      const graph = MeshGraph.of(this);
      if (!isMaker(this, graph.telemetryOf(target))) return [];
      return telemetryPlaces(settled, graph, target).map((place) => ({ id: place.id, make: (at) => telemetryAt(at, target, place) }));
    });
  }

  /** Its objects, as far as they follow from what was said by now; none where another Telemetry for the same target makes them. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const TELEMETRY_PROPS = struct<TelemetryProps>({
  inNamespace: optional(MESH_NAMESPACE),
  waypointOf: optional(MESH_NAMESPACE),
  service: optional(OWN_SERVICE),
  gateway: optional(OBSERVED_GATEWAY),
  tracing: optional(TRACING),
  accessLogs: optional(listOf(ACCESS_LOG)),
  metrics: optional(listOf(METRIC_OVERRIDE)),
});

// Istio's analyzers take one with targetRefs for one that is for the whole namespace, and tell of two; MESH156 does not.
const PASSED_OVER = { [ANALYZE_SUPPRESS]: 'IST0160' };

function telemetryAt(scope: Construct, target: TelemetryTarget, { id, name, namespace, attachment }: TelemetryPlace): ApiObject {
  const annotations = attachment && 'selector' in attachment ? undefined : PASSED_OVER;
  const spec = lazy(() => {
    const graph = MeshGraph.of(scope);
    const place = telemetryPlaces(settledOf(scope), graph, target).find((one) => one.id === id)!;
    return renderTelemetry(joinedTelemetry(graph.telemetryOf(target)), place.attachment);
  });
  return makeObject(scope, id, telemetry.Telemetry, { name, namespace, annotations }, spec);
}
