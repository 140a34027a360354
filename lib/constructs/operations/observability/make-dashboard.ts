import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { settledOf } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import type { Dashboard } from '../../../model/observability/dashboard';
import { dashboardUid } from '../../../render/dashboards/dashboard-uid';
import { renderGrafanaDashboard } from '../../../render/dashboards/grafana-dashboard';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { MeshError } from '../../../support/mesh-error';
import { requireName, requireNamespaceName } from '../../../support/object-names';
import { lazy } from '../../tree/lazy';
import { claimObject } from '../../tree/make-object';
import type { DashboardOptions } from './dashboard-options';

const NAMESPACE = 'monitoring';
const LABELS = { grafana_dashboard: '1' };

/** The ConfigMap of a dashboard, whose JSON is written when all is said: a waypoint or a version may come later. */
export function makeDashboard(at: Construct, options: DashboardOptions, shown: (settled: Settled) => Dashboard): ApiObject {
  const { namespaceName = NAMESPACE, labels = LABELS, datasource } = options;
  const name = requireName(at, 'name of a dashboard', at.node.id);
  const namespace = requireNamespaceName(at, namespaceName);
  requireLabels(at, 'label of a dashboard', labels);
  const place = { uid: dashboardUid(namespace, name), datasource: datasource === undefined ? undefined : requireUid(at, datasource) };
  const data = lazy(() => ({ [`${name}.json`]: renderGrafanaDashboard(shown(settledOf(at)), place) }));
  return claimObject(
    new ApiObject(at, 'Resource', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { ...labels } }, data }),
  );
}

// As Grafana checks them: letters, digits, '-' and '_', at most 40.
function requireUid(at: Construct, datasource: string): string {
  if (/^[\w-]{1,40}$/.test(datasource)) return datasource;
  throw new MeshError({
    code: 'MESH700',
    at,
    what: "Grafana knows a data source by its uid: letters, digits, '-' and '_', at most 40",
    got: `datasource: '${datasource}'`,
    fix: 'write the uid, as the address of its page in Grafana has it, or leave datasource out',
  });
}
