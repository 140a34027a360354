import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { serviceDashboard } from '../../../render/dashboards/service-dashboard';
import { markKind } from '../../../support/marker';
import { struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import type { IMeshedService } from '../../service/i-meshed-service';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import type { RequestCounter } from '../alerts/request-counter';
import type { DashboardOptions } from './dashboard-options';
import { makeDashboard } from './make-dashboard';
import { WATCHED_SERVICE_SHAPE, watchedService } from './watched-service';

/** Which service a dashboard is about. */
export interface ServiceDashboardProps extends DashboardOptions {
  /** The service, made by this program or by another one. */
  readonly service: IMeshedService;

  /**
   * Whose count of requests, errors and times holds, where pods have sidecars. Alerts and objectives about the service take the same.
   * @default RequestCounter.CALLERS
   */
  readonly countedBy?: RequestCounter;
}

/**
 * All that proxies tell of one service: requests, errors and latency, what is near its limits, versions side by side, callers and callees, the share of mutual TLS,
 * connections.
 *
 * Expands into a ConfigMap, named as the construct, that the sidecar of Grafana loads. It asks whoever counts in the plane of the service: sidecars, its waypoint, or
 * ztunnel, which knows connections and bytes alone. It asks for no waypoint. Requests, errors and times are those that ServiceAlerts and ServiceObjectives count.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 * @example
 * import { ServiceDashboard } from 'istio-constructs';
 *
 * new ServiceDashboard(shop, 'cart-dashboard', { service: cart });
 */
export class ServiceDashboard extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ApiObject;

  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct, and name of the ConfigMap
   * @param props Which service, and where Grafana finds it
   */
  public constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ServiceDashboard');
    joinApp(this);
    requireOptions(this, props, SERVICE_DASHBOARD_PROPS);
    const { party, countedBy } = watchedService(this, props);
    this.configMap = makeDashboard(this, props, (settled) => serviceDashboard(settled.party(party), countedBy));
  }

  /** Its objects: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const SERVICE_DASHBOARD_PROPS = struct<ServiceDashboardProps>(WATCHED_SERVICE_SHAPE);
