import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { MESH } from '../../cluster/routes/gateway-keys';
import { httpRoutesOf, virtualServices } from '../../cluster/routes/virtual-services';
import { tryServiceOf } from '../../cluster/services/registry';
import { waypointOf } from '../../cluster/services/waypoints';
import { hasRoutingCallers } from '../../cluster/workloads/routing-callers';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { type Report, rule } from '../rule';

export const callerAtWaypoint = rule({
  code: 'MESH321',
  level: 'error',
  title: 'a waypoint is to tell requests by who sends them',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways'], made: false }],

  check(model, report) {
    checkRaw(clusterOf(model), report);
    for (const route of model.routes) {
      const asked = route.rules.filter(({ matches }) => matches.some(({ source }) => source));
      if (!route.atWaypoint || asked.length === 0) continue;
      report({
        on: route,
        message: `RequestMatch.sentBy stands in the route of ${partyText(route.service)}, which a waypoint follows: it leaves such matches out, and their requests go where all others go`,
        got: asked.map(({ name }) => name).join(', '),
        fix: "match by a header that the caller sends, or move the service's namespace to DataPlane.sidecar(), where each caller's own proxy routes",
      });
    }
  },
});

function checkRaw(cluster: Cluster, report: Report): void {
  // Sidecars of callers would follow it as it is written.
  if (hasRoutingCallers(cluster)) return;
  for (const one of virtualServices(cluster).filter((each) => isRaw(each) && each.gateways.includes(MESH))) {
    const matches = httpRoutesOf(cluster, one).flatMap((route) => route.matches ?? []);
    const asked = matches.filter(({ sourceLabels, sourceNamespace }) => !isEmpty(sourceLabels) || sourceNamespace !== undefined);
    const service = one.hosts.flatMap((host) => tryServiceOf(cluster, host) ?? []).find((each) => waypointOf(cluster, each));
    if (asked.length === 0 || !service) continue;
    report({
      on: one.object,
      message: `${one.title} asks who sends a request to ${service.key}, which a waypoint follows: it leaves such matches out, and their requests go where all others go`,
      got: asked.some(({ sourceNamespace }) => sourceNamespace !== undefined) ? 'sourceNamespace' : 'sourceLabels',
      fix: "match by a header that the caller sends, or move the service's namespace to sidecars",
    });
  }
}
