import { fieldsOf, listOf, textOf } from '../../cluster/objects/fields';
import { labelsOfObject, nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { CLUSTER_DOMAIN, OWN_PROVIDERS, PATH_NORMALIZATION, ROOT_NAMESPACE, TRUST_DOMAIN } from '../../istio/defaults';
import type { ManifestObject, MeshModel, NamespaceModel } from '../../model/mesh-model';
import { planeOf } from '../../planes/plane-of';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import { namesOf } from './needed-versions';
import type { MeshRequirement } from './reported-requirements';

/** Label of a Namespace: what Kubernetes lets its pods ask for. */
const POD_SECURITY = 'pod-security.kubernetes.io/enforce';

/** What the mesh configuration has to say for the objects of a program. */
export function neededMeshConfig(model: MeshModel): MeshRequirement[] {
  const said = [...wordsOf(model), ...localWords(model)].filter(({ is, usual }) => is !== usual);
  return [...said.map(({ what, because }) => ({ what, because, objects: [] })), ...neededProviders(model.objects)];
}

interface Word {
  readonly is: string;
  /** What holds where the mesh configuration does not say it. */
  readonly usual: string;
  readonly what: string;
  readonly because: string;
}

function wordsOf(model: MeshModel): Word[] {
  const { clusterDomain, rootNamespace = ROOT_NAMESPACE, pathNormalization = PATH_NORMALIZATION } = model;
  return [
    ...trustDomainsOf(model),
    {
      is: clusterDomain,
      usual: CLUSTER_DOMAIN,
      what: `global.proxy.clusterDomain: ${clusterDomain}`,
      because: 'hosts of Services end with it',
    },
    {
      is: rootNamespace,
      usual: ROOT_NAMESPACE,
      what: `rootNamespace: ${rootNamespace}`,
      because: 'what holds for the whole mesh is there',
    },
    {
      is: pathNormalization,
      usual: PATH_NORMALIZATION,
      what: `pathNormalization.normalization: ${pathNormalization}`,
      because: 'refusals by path are written for it',
    },
  ];
}

/** Sidecars call pods of every cluster, unless somebody says otherwise. */
function localWords({ services }: MeshModel): Word[] {
  const hosts = services.flatMap(({ scope, host }) => (scope === 'LOCAL' && host ? [host] : [])).join(', ');
  const what = `serviceSettings: clusterLocal of ${hosts}`;
  return [{ is: hosts, usual: '', what, because: 'sidecars call their pods in all clusters otherwise' }];
}

function trustDomainsOf({ trustDomain, trustDomainAliases = [] }: MeshModel): Word[] {
  const aliases = trustDomainAliases.join(', ');
  return [
    { is: trustDomain, usual: TRUST_DOMAIN, what: `trustDomain: ${trustDomain}`, because: 'identities in policies begin with it' },
    {
      is: aliases,
      usual: '',
      what: `trustDomainAliases: [${aliases}]`,
      because: 'proxies take no identity of another trust domain for one of the mesh',
    },
  ];
}

function neededProviders(objects: readonly ManifestObject[]): MeshRequirement[] {
  const uses = objects.flatMap((object) => providersOf(object).map((provider) => ({ provider, object: nameOf(object) })));
  const providers = sortedBy(
    groupedBy(uses, ({ provider }) => provider),
    ([provider]) => provider,
  );
  return providers.map(([provider, users]) => ({
    what: `extensionProviders: ${provider}`,
    because: 'istiod knows no provider of another name',
    objects: namesOf(users.map(({ object }) => object)),
  }));
}

function providersOf(object: ManifestObject): string[] {
  const { tracing, metrics, accessLogging, provider, action } = specOf(object);
  if (object.kind === 'AuthorizationPolicy') return action === 'CUSTOM' ? [textOf(fieldsOf(provider).name) ?? []].flat() : [];
  if (object.kind !== 'Telemetry') return [];
  const named = [tracing, metrics, accessLogging].flatMap(listOf).flatMap(({ providers }) => listOf(providers));
  return named.flatMap(({ name }) => textOf(name) ?? []).filter((name) => !OWN_PROVIDERS.includes(name));
}

/** What has to be installed beside istiod. */
export function neededComponents({ namespaces, objects }: MeshModel): MeshRequirement[] {
  const joined = namespaces.filter(({ enrolled }) => enrolled);
  const isCaptured = ({ mode }: NamespaceModel): boolean => planeOf({ mode }).podsHoldProxies;
  const [sidecar, ambient] = [joined.filter(isCaptured), joined.filter((one) => !isCaptured(one))];
  const restricted = objects.filter((object) => object.kind === 'Namespace' && labelsOfObject(object)[POD_SECURITY] === 'restricted');
  const barred = restricted.filter(({ name }) => sidecar.some((one) => one.name === name));
  const named = (found: readonly NamespaceModel[]): string[] => namesOf(found.map(({ name }) => `Namespace ${name}`));
  return [
    { what: 'ztunnel', because: 'it is the proxy of pods in ambient mode', objects: named(ambient) },
    { what: 'istio-cni', because: 'it hands connections of pods to ztunnel', objects: named(ambient) },
    {
      what: 'istio-cni',
      because: 'restricted pods may not set up their own connections to the sidecar',
      objects: namesOf(barred.map(nameOf)),
    },
  ].filter(({ objects: users }) => users.length > 0);
}

// Those of Kubernetes itself, of Istio and of the Gateway API, which have their own place.
const KNOWN_GROUPS = /^(apps|batch|policy|autoscaling|([a-z0-9.-]+\.)?k8s\.io|[a-z]+\.istio\.io)$/;

/** What else there has to be: whoever acts on kinds of other groups, and on NetworkPolicies. */
export function neededOthers({ objects }: MeshModel): MeshRequirement[] {
  const own = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map((object) => textOf(specOf(object).group));
  const groupOf = ({ apiVersion }: ManifestObject): string => (apiVersion.includes('/') ? apiVersion.split('/')[0] : 'apps');
  const foreign = objects.filter((object) => !KNOWN_GROUPS.test(groupOf(object)) && !own.includes(groupOf(object)));
  const network = objects.filter(({ kind, apiVersion }) => kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1');
  const groups = sortedBy(groupedBy(foreign, groupOf), ([group]) => group);
  return [
    ...groups.map(([group, users]) => ({
      what: group,
      because: 'somebody has to act on its objects',
      objects: namesOf(users.map(nameOf)),
    })),
    ...(network.length === 0
      ? []
      : [
          {
            what: 'a network plugin that enforces NetworkPolicy',
            because: 'without one the network layer is open',
            objects: namesOf(network.map((object) => `Namespace ${namespaceOf(object)}`)),
          },
        ]),
  ];
}
