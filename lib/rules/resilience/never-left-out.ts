import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { podsBehind } from '../../cluster/services/endpoints';
import { tryServiceOf } from '../../cluster/services/registry';
import type { Cluster } from '../../cluster/cluster';
import { fieldsOf, numberOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { NETWORKING } from '../../istio/api-groups';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

const ISTIOS_SHARE = 10;

export const neverLeftOut = rule({
  code: 'MESH324',
  level: 'warning',
  title: 'circuit breaker that leaves out no pod',
  compares: [
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', 'spec trafficPolicy outlierDetection maxEjectionPercent'] },
    { kinds: ['apps/Deployment', 'apps/StatefulSet'], fields: ['spec replicas'], made: false },
  ],

  check(model, report) {
    for (const { service, circuitBreaker, path, site } of model.routes) {
      const { maxEjectionPercent: most, pods } = circuitBreaker ?? {};
      if (most === undefined || pods === undefined || mayLeaveOut(most, pods)) continue;
      report({ on: { path, site }, ...told(service.name, most, pods) });
    }
    const cluster = clusterOf(model);
    for (const said of destinationRules(cluster).filter(isRaw)) {
      const [most, pods] = [shareOf(said), podsOf(cluster, said)];
      if (most === undefined || pods === undefined || mayLeaveOut(most, pods)) continue;
      report({ on: said.object, ...told(said.host, most, pods) });
    }
  },
});

// Envoy counts the pod that is to go among those that are out.
function mayLeaveOut(most: number, pods: number): boolean {
  return 100 / pods <= most;
}

function told(name: string, most: number, pods: number): { message: string; got: string; fix: string } {
  return {
    message: `${most} % of the ${pods === 1 ? 'one pod' : `${pods} pods`} of ${name} is less than one pod, so none is ever left out`,
    got: `maxEjectionPercent: ${most}`,
    fix: `set maxEjectionPercent to at least ${Math.ceil(100 / pods)}; circuitBreaker of a MeshedService does so by itself where it is left out`,
  };
}

/** None where nobody is to be left out. */
function shareOf({ object }: DestinationRule): number | undefined {
  const { outlierDetection } = fieldsOf(specOf(object).trafficPolicy);
  const said = fieldsOf(outlierDetection);
  const counts = [said.consecutive5xxErrors ?? 5, said.consecutiveGatewayErrors, said.consecutiveLocalOriginFailures].map(numberOf);
  const isOn = outlierDetection !== undefined && counts.some((count) => count !== undefined && count > 0);
  return isOn ? numberOf(said.maxEjectionPercent) || ISTIOS_SHARE : undefined;
}

/** As many as are written: whoever scales by load writes none, and a DaemonSet has as many as there are nodes. */
function podsOf(cluster: Cluster, { host }: DestinationRule): number | undefined {
  const service = tryServiceOf(cluster, host);
  const counts = service ? podsBehind(cluster, service).map(({ object }) => numberOf(specOf(object).replicas)) : [];
  const isKnown = counts.length > 0 && counts.every((count) => count !== undefined && count > 0);
  return isKnown ? counts.reduce<number>((sum, count) => sum + count!, 0) : undefined;
}
