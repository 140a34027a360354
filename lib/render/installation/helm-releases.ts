import { CLUSTER_DOMAIN } from '../../istio/defaults';
import { GLOBAL } from '../../istio/labels';
import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import type { InstallationFacts, InstalledGatewayFacts, ReleaseFacts, RevisionFacts } from '../../model/installation/installation';
import { clusterEnv, globalsOfCluster, ztunnelOfCluster } from './clusters';
import { eastWestValues } from './east-west';
import {
  defaultRevision,
  gatewaysOf,
  needsCni,
  needsZtunnel,
  newestVersion,
  oldestVersion,
  profileOf,
  saysAmbientItself,
} from './components';
import { renderMeshConfig } from './mesh-config';
import { areSeveral, podsOfGateway, podsOfIstiod, resourcesOf } from './pods';
import { globalsOfRole, isRemote, valuesOfRole } from './roles';

type Values = Readonly<Record<string, unknown>>;

/** Charts of Istio in the order in which they are installed. */
export function helmReleases(facts: InstallationFacts): ReleaseFacts[] {
  return [
    baseRelease(facts),
    ...facts.revisions.map((revision) => istiodRelease(facts, revision)),
    ...(needsCni(facts) ? [cniRelease(facts)] : []),
    ...(needsZtunnel(facts) ? [ztunnelRelease(facts)] : []),
    ...gatewaysOf(facts).map((gateway) => gatewayRelease(facts, gateway)),
  ];
}

/** Name of a release of istiod, and of its Service. */
export function istiodName({ name }: RevisionFacts): string {
  return name === undefined ? 'istiod' : `istiod-${name}`;
}

/** What is said of the pods of istiod, in words of its chart. */
export function istiodPodValues(pods: ProxyPodsFacts): Values {
  const { replicas, autoscaling, annotations } = pods;
  const resources = resourcesOf(pods);
  return {
    ...(autoscaling && {
      autoscaleEnabled: true,
      autoscaleMin: autoscaling.minReplicas,
      autoscaleMax: autoscaling.maxReplicas,
      cpu: { targetAverageUtilization: autoscaling.cpuPercent },
    }),
    ...(replicas !== undefined && { autoscaleEnabled: false, replicaCount: replicas }),
    ...(resources && { resources }),
    ...(annotations && { podAnnotations: annotations }),
  };
}

/** Environment variables of istiod. */
export function istiodEnv(facts: InstallationFacts): Readonly<Record<string, string>> {
  return { ...(saysAmbientItself(facts) && { PILOT_ENABLE_AMBIENT: 'true' }), ...clusterEnv(facts), ...facts.env };
}

/** The mesh configuration, with what Istio's profile for ambient mode says where that is not the one begun with. */
export function installedMeshConfig(facts: InstallationFacts): Values {
  const config = renderMeshConfig(facts);
  return saysAmbientItself(facts) ? { ...config, ...OF_AMBIENT } : config;
}

const OF_AMBIENT: Values = {
  defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: 'true' } },
  serviceScopeConfigs: [{ servicesSelector: { matchExpressions: [{ key: GLOBAL, operator: 'In', values: ['true'] }] }, scope: 'GLOBAL' }],
};

function baseRelease(facts: InstallationFacts): ReleaseFacts {
  const { namespaceName } = facts;
  const profile = isRemote(facts) ? profileValues(facts) : {};
  const values = { ...profile, defaultRevision: defaultRevision(facts), global: { istioNamespace: namespaceName } };
  return { name: 'istio-base', chart: 'base', version: newestVersion(facts), namespaceName, values };
}

function istiodRelease(facts: InstallationFacts, revision: RevisionFacts): ReleaseFacts {
  const { hub, namespaceName, mesh } = facts;
  const values = {
    ...profileValues(facts),
    ...(revision.name !== undefined && { revision: revision.name }),
    global: {
      hub,
      istioNamespace: namespaceName,
      ...(mesh.clusterDomain !== CLUSTER_DOMAIN && { proxy: { clusterDomain: mesh.clusterDomain } }),
      ...globalsOfCluster(facts),
      ...globalsOfRole(facts),
    },
    ...(isRemote(facts) ? valuesOfRole(facts) : istiodValues(facts)),
  };
  return { name: istiodName(revision), chart: 'istiod', version: revision.version, namespaceName, values };
}

/** What istiod itself is told; a remote cluster has none that would read it. */
function istiodValues(facts: InstallationFacts): Values {
  const env = istiodEnv(facts);
  return {
    meshConfig: installedMeshConfig(facts),
    ...(needsCni(facts) && { cni: { enabled: true } }),
    ...(Object.keys(env).length > 0 && { env }),
    ...istiodPodValues(podsOfIstiod(facts)),
  };
}

function cniRelease(facts: InstallationFacts): ReleaseFacts {
  const values = {
    ...(isRemote(facts) ? {} : profileValues(facts)),
    global: { hub: facts.hub },
    ...revisionValues(facts),
    ...(saysAmbientItself(facts) && { ambient: { enabled: true } }),
  };
  return { name: 'istio-cni', chart: 'cni', version: oldestVersion(facts), namespaceName: facts.namespaceName, values };
}

function ztunnelRelease(facts: InstallationFacts): ReleaseFacts {
  const values = { hub: facts.hub, istioNamespace: facts.namespaceName, ...ztunnelOfCluster(facts), ...revisionValues(facts) };
  return { name: 'ztunnel', chart: 'ztunnel', version: oldestVersion(facts), namespaceName: facts.namespaceName, values };
}

function gatewayRelease(facts: InstallationFacts, gateway: InstalledGatewayFacts): ReleaseFacts {
  const pods = podsOfGateway(facts, gateway);
  const { autoscaling, replicas, annotations } = pods;
  const resources = resourcesOf(pods);
  const { service, ...eastWest } = eastWestValues(facts, gateway);
  const { serviceType: type } = gateway;
  const values = {
    ...revisionValues(facts),
    ...eastWest,
    ...((type !== undefined || service !== undefined) && { service: { ...(type !== undefined && { type }), ...service } }),
    ...(replicas !== undefined && { replicaCount: replicas, autoscaling: { enabled: false } }),
    ...(autoscaling && {
      autoscaling: {
        enabled: true,
        minReplicas: autoscaling.minReplicas,
        maxReplicas: autoscaling.maxReplicas,
        targetCPUUtilizationPercentage: autoscaling.cpuPercent,
      },
    }),
    ...(areSeveral(pods) && { podDisruptionBudget: { minAvailable: 1 } }),
    ...(resources && { resources }),
    ...(annotations && { podAnnotations: annotations }),
  };
  const { name, namespaceName = facts.namespaceName } = gateway;
  return { name, chart: 'gateway', version: oldestVersion(facts), namespaceName, values };
}

function profileValues(facts: InstallationFacts): Values {
  const profile = profileOf(facts);
  return profile === undefined ? {} : { profile };
}

/** Whom the data plane and gateways talk to, where their control plane has a name. */
function revisionValues({ revisions: [{ name }] }: InstallationFacts): Values {
  return name === undefined ? {} : { revision: name };
}
