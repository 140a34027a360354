import { CLUSTER_DOMAIN } from '../../istio/defaults';
import type { InstallationFacts, InstalledGatewayFacts, RevisionFacts } from '../../model/installation/installation';
import { globalsOfCluster } from './clusters';
import { gatewaysOf, needsCni, needsZtunnel, profileOf, saysAmbientItself } from './components';
import { installedMeshConfig, istiodEnv, istiodPodValues } from './helm-releases';
import { podsOfGateway, podsOfIstiod, resourcesOf } from './pods';

/** Files of istioctl by the control planes that they install. Never an object of a cluster: nobody there reads one. */
export function renderIstioOperator(facts: InstallationFacts, revision: RevisionFacts): object {
  const { hub, namespaceName } = facts;
  const [first] = facts.revisions;
  const isFirst = revision === first;
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: revision.name === undefined ? 'istio' : `istio-${revision.name}`, namespace: namespaceName },
    spec: {
      profile: profileOf(facts) ?? 'minimal',
      hub,
      tag: revision.version,
      ...(revision.name !== undefined && { revision: revision.name }),
      meshConfig: installedMeshConfig(facts),
      components: componentsOf(facts, isFirst),
      values: valuesOf(facts),
    },
  };
}

/** What there is once in a cluster comes with the first control plane. */
function componentsOf(facts: InstallationFacts, isFirst: boolean): object {
  const gateways = isFirst ? gatewaysOf(facts) : [];
  const gatewaysAt = (way: InstalledGatewayFacts['way']): object[] =>
    gateways.filter((one) => one.way === way).map((one) => gatewayOf(facts, one));
  return {
    base: { enabled: true },
    pilot: { enabled: true },
    cni: { enabled: isFirst && needsCni(facts) },
    ztunnel: { enabled: isFirst && needsZtunnel(facts) },
    ingressGateways: gatewaysAt('ingress'),
    egressGateways: gatewaysAt('egress'),
  };
}

function valuesOf(facts: InstallationFacts): object {
  const { mesh, namespaceName, revisions } = facts;
  const env = istiodEnv(facts);
  const pilot = {
    ...istiodPodValues(podsOfIstiod(facts)),
    ...(needsCni(facts) && { cni: { enabled: true } }),
    ...(Object.keys(env).length > 0 && { env }),
  };
  const profile = profileOf(facts);
  return {
    ...(profile && { profile }),
    defaultRevision: revisions[0].name ?? 'default',
    global: {
      istioNamespace: namespaceName,
      ...(mesh.clusterDomain !== CLUSTER_DOMAIN && { proxy: { clusterDomain: mesh.clusterDomain } }),
      ...globalsOfCluster(facts),
    },
    ...(Object.keys(pilot).length > 0 && { pilot }),
    ...(saysAmbientItself(facts) && { cni: { ambient: { enabled: true } } }),
  };
}

function gatewayOf(facts: InstallationFacts, gateway: InstalledGatewayFacts): object {
  const { name, namespaceName = facts.namespaceName, serviceType } = gateway;
  const pods = podsOfGateway(facts, gateway);
  const { autoscaling, replicas, annotations } = pods;
  const resources = resourcesOf(pods);
  const k8s = {
    ...(autoscaling && { hpaSpec: { minReplicas: autoscaling.minReplicas, maxReplicas: autoscaling.maxReplicas } }),
    ...(replicas !== undefined && { replicaCount: replicas }),
    ...(serviceType !== undefined && { service: { type: serviceType } }),
    ...(resources && { resources }),
    ...(annotations && { podAnnotations: annotations }),
  };
  return { name, namespace: namespaceName, enabled: true, ...(Object.keys(k8s).length > 0 && { k8s }) };
}
