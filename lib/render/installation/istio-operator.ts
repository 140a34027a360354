import { CLUSTER_DOMAIN } from '../../istio/defaults';
import type { InstallationFacts, RevisionFacts } from '../../model/installation/installation';
import { globalsOfCluster } from './clusters';
import { defaultRevision, needsCni, needsZtunnel, profileOf, saysAmbientItself } from './components';
import { gatewayComponents, NO_GATEWAYS } from './gateway-components';
import { installedMeshConfig, istiodEnv, istiodPodValues } from './helm-releases';
import { podsOfIstiod } from './pods';
import { globalsOfRole, isRemote, valuesOfRole } from './roles';

/** Files of istioctl by the control planes that they install. Never an object of a cluster: nobody there reads one. */
export function renderIstioOperator(facts: InstallationFacts, revision: RevisionFacts): object {
  const isFirst = revision === facts.revisions[0];
  return operator(facts, revision, revision.name === undefined ? 'istio' : `istio-${revision.name}`, {
    profile: profileOf(facts) ?? 'minimal',
    ...(!isRemote(facts) && { meshConfig: installedMeshConfig(facts) }),
    components: componentsOf(facts, isFirst, isFirst && !isRemote(facts) ? gatewayComponents(facts) : NO_GATEWAYS),
    values: valuesOf(facts),
  });
}

/** The gateways of a remote cluster: they start once the istiod of another one looks into it. */
export function renderGatewaysOperator(facts: InstallationFacts): object {
  return operator(facts, facts.revisions[0], 'istio-gateways', {
    profile: 'empty',
    components: gatewayComponents(facts),
    values: { global: globalsOf(facts), gateways: INJECTED },
  });
}

// What is in them is known to that istiod alone.
const INJECTED = {
  'istio-ingressgateway': { injectionTemplate: 'gateway' },
  'istio-egressgateway': { injectionTemplate: 'gateway' },
};

interface Spec {
  readonly profile: string;
  readonly components: object;
  readonly values: object;
}

function operator({ hub, namespaceName }: InstallationFacts, { name, version }: RevisionFacts, called: string, spec: Spec): object {
  const { profile, ...others } = spec;
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: called, namespace: namespaceName },
    spec: { profile, hub, tag: version, ...(name !== undefined && { revision: name }), ...others },
  };
}

/** What there is once in a cluster comes with the first control plane. */
function componentsOf(facts: InstallationFacts, isFirst: boolean, gateways: object): object {
  return {
    base: { enabled: true },
    pilot: { enabled: true },
    cni: { enabled: isFirst && needsCni(facts) },
    ztunnel: { enabled: isFirst && needsZtunnel(facts) },
    ...gateways,
  };
}

function valuesOf(facts: InstallationFacts): object {
  const profile = profileOf(facts);
  const pilot = isRemote(facts) ? {} : pilotOf(facts);
  return {
    ...(profile && { profile }),
    defaultRevision: defaultRevision(facts),
    global: globalsOf(facts),
    ...valuesOfRole(facts),
    ...(Object.keys(pilot).length > 0 && { pilot }),
    ...(saysAmbientItself(facts) && { cni: { ambient: { enabled: true } } }),
  };
}

function globalsOf(facts: InstallationFacts): object {
  const { mesh, namespaceName } = facts;
  return {
    istioNamespace: namespaceName,
    ...(mesh.clusterDomain !== CLUSTER_DOMAIN && { proxy: { clusterDomain: mesh.clusterDomain } }),
    ...globalsOfCluster(facts),
    ...globalsOfRole(facts),
  };
}

function pilotOf(facts: InstallationFacts): object {
  const env = istiodEnv(facts);
  return {
    ...istiodPodValues(podsOfIstiod(facts)),
    ...(needsCni(facts) && { cni: { enabled: true } }),
    ...(Object.keys(env).length > 0 && { env }),
  };
}
