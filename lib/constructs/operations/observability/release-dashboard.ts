import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { releaseDashboard } from '../../../render/dashboards/service-dashboard';
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

/** Whose versions a dashboard compares. */
export interface ReleaseDashboardProps extends DashboardOptions {
  /** The service, whoever brings in its versions: a release of this program, Flagger or Argo Rollouts. */
  readonly service: IMeshedService;

  /**
   * Whose count of requests, errors and times holds, where pods have sidecars. Alerts and objectives about the service take the same.
   * @default RequestCounter.CALLERS
   */
  readonly countedBy?: RequestCounter;
}

/**
 * The versions of a service side by side, for whoever decides on the next step of a release: requests, errors, latency, connections and bytes of each.
 *
 * Expands into a ConfigMap, named as the construct, that the sidecar of Grafana loads. Versions are told apart by the workload and the label `version` of their pods, so
 * that one that came yesterday is there as well. What is asked in which plane is as for ServiceDashboard.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 * @example
 * import { CanaryRelease, ReleaseDashboard } from 'istio-constructs';
 *
 * const canary = { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' };
 * new CanaryRelease(shop, 'cart-v2', { service: cart, canary, weight: 10 });
 * new ReleaseDashboard(shop, 'cart-release', { service: cart });
 */
export class ReleaseDashboard extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ApiObject;

  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct, and name of the ConfigMap
   * @param props Whose versions, and where Grafana finds it
   */
  public constructor(scope: Construct, id: string, props: ReleaseDashboardProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ReleaseDashboard');
    joinApp(this);
    requireOptions(this, props, RELEASE_DASHBOARD_PROPS);
    const { party, countedBy } = watchedService(this, props);
    this.configMap = makeDashboard(this, props, (settled) => releaseDashboard(settled.party(party), countedBy));
  }

  /** Its objects: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const RELEASE_DASHBOARD_PROPS = struct<ReleaseDashboardProps>(WATCHED_SERVICE_SHAPE);
