import type { Cluster } from '../../cluster/cluster';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import type { MeshService } from '../../cluster/services/services';
import { servicesOf } from '../../cluster/services/services';
import { type CanaryFault, canaryFault, type SaidCanary, saidCanary } from '../../cluster/services/waypoint-canaries';
import { waypointOf } from '../../cluster/services/waypoints';
import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import {
  USE_WAYPOINT,
  USE_WAYPOINT_CANARY,
  USE_WAYPOINT_CANARY_NAMESPACE,
  USE_WAYPOINT_CANARY_WEIGHT,
  WAYPOINT_FOR,
} from '../../istio/labels';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME } from '../comparison';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

const LABELLED = [`${CORE}/Namespace`, `${CORE}/Service`, `${NETWORKING}/ServiceEntry`];
const WORDS = [USE_WAYPOINT_CANARY, USE_WAYPOINT_CANARY_NAMESPACE, USE_WAYPOINT_CANARY_WEIGHT];

export const idleCanary = rule({
  code: 'MESH154',
  level: 'warning',
  title: 'waypoint canary that takes no connection',
  compares: [
    { kinds: LABELLED, fields: fieldPaths(['metadata labels', 'metadata annotations'], WORDS), made: false },
    {
      kinds: [`${GATEWAY_API}/Gateway`],
      fields: [...NAME, 'spec listeners allowedRoutes', `metadata labels ${WAYPOINT_FOR}`],
      sought: true,
    },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const told = new Set<ManifestObject>();
    for (const service of servicesOf(cluster)) {
      const canary = service.hasAddress ? saidCanary(cluster, service) : undefined;
      const on = canary && saidBy(cluster, service, canary);
      const wrong = on && wrongCanary(model, service, canary);
      if (!wrong || on.made || told.has(on)) continue;
      told.add(on);
      report({
        on,
        message: `the waypoint canary ${canary.key} takes nothing of what is sent to ${service.key}: ${wrong.why}`,
        got: `${USE_WAYPOINT_CANARY} for ${canary.key}, ${canary.weight === undefined ? 'without a weight' : `weight ${canary.weight}`}`,
        fix: wrong.fix,
      });
    }
  },
});

function saidBy(cluster: Cluster, { object, namespaceName }: MeshService, { isOwn }: SaidCanary): ManifestObject | undefined {
  return isOwn ? object : objectsOf(cluster, CORE, 'Namespace').find(({ name }) => name === namespaceName);
}

interface Wrong {
  readonly why: string;
  readonly fix: string;
}

const FIT = `name a Gateway of class istio-waypoint that is for services and whose listener takes this namespace`;

const FAULTS: Readonly<Record<CanaryFault, Wrong>> = {
  same: { why: 'it is the waypoint that takes everything already', fix: 'name another Gateway, or drop the label' },
  weight: { why: 'its weight is no whole number from 0 to 100', fix: `write ${USE_WAYPOINT_CANARY_WEIGHT}: "10" for 10 percent` },
  missing: { why: 'there is no such Gateway', fix: FIT },
  unfit: { why: 'it is no waypoint for services of this namespace', fix: FIT },
};

function wrongCanary(model: MeshModel, service: MeshService, canary: SaidCanary): Wrong | undefined {
  const cluster = clusterOf(model);
  if (!waypointOf(cluster, service)) {
    const isSaid = USE_WAYPOINT in service.labels;
    return canary.isOwn && !isSaid
      ? { why: 'it stands beside no waypoint', fix: `set ${USE_WAYPOINT} as well, or drop the label` }
      : undefined;
  }
  const fault = canaryFault(cluster, service, canary);
  // Another program may make it.
  if (fault === 'missing' && !ownedNamespaces(model).has(canary.key.split('/')[0])) return undefined;
  if (fault) return FAULTS[fault];
  if (canary.weight !== undefined) return undefined;
  return { why: 'nobody says its weight, and that is 0', fix: `set the annotation ${USE_WAYPOINT_CANARY_WEIGHT} where the label is` };
}
