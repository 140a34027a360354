import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { meshDashboard } from '../../../render/dashboards/mesh-dashboard';
import { markKind } from '../../../support/marker';
import { struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import { DASHBOARD_SHAPE, type DashboardOptions } from './dashboard-options';
import { makeDashboard } from './make-dashboard';

/**
 * All services of a mesh at one look, of the namespaces that whoever looks chooses: requests, errors and latency, who has most of them, who calls whom, the share of
 * mutual TLS, connections, and how istiod keeps up.
 *
 * Expands into a ConfigMap, named as the construct, that the sidecar of Grafana loads. It counts requests where sidecars or waypoints read them, and connections at
 * sidecars and ztunnel, whichever plane a namespace is in.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 * @example
 * import { MeshDashboard } from 'istio-constructs';
 *
 * new MeshDashboard(chart, 'mesh-dashboard', { namespaceName: 'observability' });
 */
export class MeshDashboard extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ApiObject;

  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct, and name of the ConfigMap
   * @param options Where Grafana finds it
   */
  public constructor(scope: Construct, id: string, options: DashboardOptions = {}) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshDashboard');
    joinApp(this);
    requireOptions(this, options, struct(DASHBOARD_SHAPE));
    this.configMap = makeDashboard(this, options, meshDashboard);
  }

  /** Its objects: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}
