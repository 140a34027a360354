import { type Cluster, readCluster } from '../cluster/cluster';
import { foreseenOfFlagger } from '../cluster/foreseen/flagger-objects';
import {
  DATAPLANE_MODE,
  INJECTION,
  USE_WAYPOINT,
  USE_WAYPOINT_CANARY,
  USE_WAYPOINT_CANARY_NAMESPACE,
  USE_WAYPOINT_NAMESPACE,
} from '../istio/labels';
import type { DataPlaneMode, WaypointFacts } from '../model/namespace-facts';
import { perModel } from './per-model';

/** Labels of a namespace that somebody else makes, as the program says how its pods join the mesh. */
const LABELS: Readonly<Record<DataPlaneMode, Readonly<Record<string, string>>>> = {
  sidecar: { [INJECTION]: 'enabled' },
  ambient: { [DATAPLANE_MODE]: 'ambient' },
  unknown: {},
};

/** How a namespace that somebody else makes has to be labelled, if its pods are to join the mesh like this. */
export function labelsOf(mode: DataPlaneMode, waypoint: WaypointFacts | undefined): Readonly<Record<string, string>> {
  if (!waypoint) return LABELS[mode];
  const { canary } = waypoint;
  return {
    ...LABELS[mode],
    [USE_WAYPOINT]: waypoint.name,
    [USE_WAYPOINT_NAMESPACE]: waypoint.namespaceName,
    ...(canary && { [USE_WAYPOINT_CANARY]: canary.name, [USE_WAYPOINT_CANARY_NAMESPACE]: canary.namespaceName }),
  };
}

/** The cluster that the manifests of a program make, and what Flagger makes of them. */
export const clusterOf = perModel((model): Cluster => {
  const {
    objects,
    namespaces,
    trustDomain,
    trustDomainAliases,
    clusterDomain,
    rootNamespace,
    pathNormalization,
    dropsUnknown,
    authorizerNames,
  } = model;
  const joined = namespaces.filter(({ enrolled }) => enrolled);
  const ofProgram = Object.fromEntries(joined.map(({ name, mode, waypoint }) => [name, labelsOf(mode, waypoint)]));
  return readCluster([...objects, ...foreseenOfFlagger(objects)], {
    trustDomain,
    trustDomainAliases,
    clusterDomain,
    rootNamespace,
    pathNormalization,
    dropsUnknown,
    authorizerNames,
    namespacesElsewhere: { ...model.namespacesElsewhere, ...ofProgram },
  });
});
