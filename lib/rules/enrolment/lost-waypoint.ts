import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { USE_WAYPOINT, USE_WAYPOINT_NAMESPACE, WAYPOINT_FOR } from '../../istio/labels';
import { labelsOfObject, namespaceOf, nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf, tryObject } from '../../cluster/objects/objects-by-kind';
import type { Labels } from '../../cluster/objects/fields';
import { admits, gatewaysOf, type GatewayProxy, tryGateway } from '../../cluster/workloads/gateways';
import { labelsOfNamespace } from '../../cluster/workloads/namespaces';
import { workloadsOf } from '../../cluster/workloads/workloads';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { ownedNamespaces } from '../planes';
import { certainlyMeant } from '../../support/options/nearest';
import { rule } from '../rule';

const LABELLED = [`${CORE}/Namespace`, `${CORE}/Service`, `${NETWORKING}/ServiceEntry`];
const LABELS = [USE_WAYPOINT, USE_WAYPOINT_NAMESPACE];

export const lostWaypoint = rule({
  code: 'MESH123',
  level: 'error',
  title: 'label of a waypoint that does not stand there',
  compares: [
    { kinds: LABELLED, fields: fieldPaths(['metadata labels'], LABELS), made: false },
    { kinds: WORKLOADS, fields: fieldPaths([POD_LABELS], LABELS), made: false },
    {
      kinds: [`${GATEWAY_API}/Gateway`],
      fields: [...NAME, 'spec listeners allowedRoutes', `metadata labels ${WAYPOINT_FOR}`],
      sought: true,
    },
  ],

  check(model, report) {
    for (const labelled of labelledIn(model)) {
      const said = labelled.labels[USE_WAYPOINT];
      if (said === undefined || said === 'none' || labelled.object.made) continue;
      const wrong = wrongWaypoint(model, labelled, said);
      if (!wrong) continue;
      const field = [...(labelled.kinds[0] === 'workload' ? ['spec', 'template'] : []), 'metadata', 'labels', USE_WAYPOINT];
      report({
        on: labelled.object,
        field,
        message: `${labelled.title} is to be behind the waypoint ${said}, ${wrong.why}: its traffic passes none, and nobody checks or routes it there`,
        got: LABELS.flatMap((label) => (label in labelled.labels ? [`${label}: ${labelled.labels[label]}`] : [])).join(', '),
        fix: wrong.fix,
        cures: wrong.meant === undefined ? [] : [{ field, kind: 'set', was: said, to: wrong.meant }],
      });
    }
  },
});

interface Labelled {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  readonly labels: Labels;
  /** What such a waypoint is for. */
  readonly kinds: readonly string[];
}

function labelledIn(model: MeshModel): Labelled[] {
  const cluster = clusterOf(model);
  const objects = LABELLED.map((kind) => kind.split('/')).flatMap(([group, kind]) => objectsOf(cluster, group, kind));
  const services = objects.map((object): Labelled => {
    const isNamespace = object.kind === 'Namespace';
    const namespaceName = isNamespace ? object.name : namespaceOf(object);
    const kinds = isNamespace ? ['service', 'workload', 'all'] : ['service', 'all'];
    return { object, title: nameOf(object), namespaceName, labels: labelsOfObject(object), kinds };
  });
  const pods = workloadsOf(cluster).map(({ object, key, namespaceName, labels }) => {
    return { object, title: `each pod of ${key}`, namespaceName, labels, kinds: ['workload', 'all'] };
  });
  return [...services, ...pods];
}

interface Wrong {
  readonly why: string;
  readonly fix: string;
  /** The name that must have been meant. */
  readonly meant?: string;
}

function wrongWaypoint(model: MeshModel, labelled: Labelled, said: string): Wrong | undefined {
  if (said.includes('/')) {
    const [namespaceName, name] = said.split('/');
    return { why: 'which is no name', fix: `write ${USE_WAYPOINT}: ${name} and ${USE_WAYPOINT_NAMESPACE}: ${namespaceName}` };
  }
  const key = `${labelled.labels[USE_WAYPOINT_NAMESPACE] ?? labelled.namespaceName}/${said}`;
  const waypoint = tryGateway(clusterOf(model), key);
  return waypoint ? unfit(model, labelled, waypoint) : missing(model, key);
}

function missing(model: MeshModel, key: string): Wrong | undefined {
  const [namespaceName, name] = key.split('/');
  const gateways = gatewaysOf(clusterOf(model)).filter((one) => one.namespaceName === namespaceName && one.waypointFor !== undefined);
  const waypoints = gateways.map(({ object }) => object.name);
  const isThere = tryObject(clusterOf(model), GATEWAY_API, 'Gateway', key) !== undefined;
  if (isThere || !ownedNamespaces(model).has(namespaceName)) return undefined;
  return {
    why: `and namespace ${namespaceName} has no such Gateway`,
    fix: `name one that is there, with ${USE_WAYPOINT_NAMESPACE} where it is in another namespace; or leave the label out`,
    meant: certainlyMeant(name, waypoints),
  };
}

function unfit(model: MeshModel, { namespaceName, kinds }: Labelled, waypoint: GatewayProxy): Wrong | undefined {
  const { waypointFor, key } = waypoint;
  if (waypointFor === undefined) return { why: 'which is a gateway at the edge', fix: 'name a Gateway of class istio-waypoint' };
  if (!kinds.includes(waypointFor)) {
    return { why: `which is for ${waypointFor} alone`, fix: `label its Gateway ${WAYPOINT_FOR}: all, or put the label where it counts` };
  }
  const cluster = clusterOf(model);
  const listener = waypoint.listeners.find(({ protocol }) => protocol === 'HBONE');
  if (admits(waypoint, listener, namespaceName, labelsOfNamespace(cluster, namespaceName))) return undefined;
  return {
    why: `whose listener takes nothing of namespace ${namespaceName}`,
    fix: `set allowedRoutes on the listener of ${key} so that it takes namespace ${namespaceName}`,
  };
}
