import type { Cluster } from '../../../cluster/cluster';
import { type Fields, fieldsOf, isSaid, listOf, numberOf, valueAt } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { objectsOf } from '../../../cluster/objects/objects-by-kind';
import type { DestinationRule } from '../../../cluster/routes/destination-rules';
import { podsBehind } from '../../../cluster/services/endpoints';
import { tryServiceOf } from '../../../cluster/services/registry';

interface Idle {
  readonly message: string;
  readonly got: string;
  readonly fix: string;
}

/** What a DestinationRule says of pods that fail, and what never happens. */
export function idleDetection(cluster: Cluster, one: DestinationRule): Idle | undefined {
  const { trafficPolicy, subsets } = specOf(one.object);
  const policies = [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)].map(fieldsOf);
  return idleFailover(one, policies) ?? idleEjection(cluster, one, policies);
}

// istiod writes priorities by place only where failing pods are told from others.
function idleFailover({ title }: DestinationRule, policies: readonly Fields[]): Idle | undefined {
  const fails = ({ loadBalancer, outlierDetection }: Fields): boolean => {
    const places = fieldsOf(valueAt(loadBalancer, 'localityLbSetting'));
    return (isSaid(places.failover) || isSaid(places.failoverPriority)) && !isSaid(outlierDetection);
  };
  if (!policies.some(fails)) return undefined;
  return {
    message: `${title} says where requests go when a place fails, and no outlierDetection, without which no place ever does`,
    got: 'localityLbSetting without outlierDetection',
    fix: 'write outlierDetection beside it',
  };
}

const ISTIO_PERCENT = 10;

function idleEjection(cluster: Cluster, { title, host }: DestinationRule, policies: readonly Fields[]): Idle | undefined {
  const service = tryServiceOf(cluster, host);
  const pods = service ? podsBehind(cluster, service) : [];
  const isScaled = objectsOf(cluster, 'autoscaling', 'HorizontalPodAutoscaler').length > 0;
  const count = pods.reduce((sum, { replicas }) => sum + replicas, 0);
  const said = policies
    .filter(({ outlierDetection }) => isSaid(outlierDetection))
    .map(({ outlierDetection }) => fieldsOf(outlierDetection));
  const percent = Math.max(...said.map(({ maxEjectionPercent }) => numberOf(maxEjectionPercent) ?? ISTIO_PERCENT));
  if (said.length === 0 || count === 0 || isScaled || (count * percent) / 100 >= 1) return undefined;
  return {
    message: `${title} leaves failing pods of ${host} out, at most ${percent} % of them, which of ${count} is none`,
    got: `maxEjectionPercent: ${percent}, pods: ${count}`,
    fix: `write maxEjectionPercent: ${Math.min(100, Math.ceil(100 / count))} or more`,
  };
}
