import { groupOf, nameOf } from '../../cluster/objects/manifest-object';
import { placesOf } from '../../cluster/versions/uses-of-newer';
import { GATEWAY_API } from '../../istio/api-groups';
import { GATEWAY_API_ALPHA, GATEWAY_API_EXPERIMENTAL, GATEWAY_API_FIRST, ISTIO_FIRST } from '../../istio/first-versions';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { neededByMachines } from './needed-by-machines';
import { neededFlags, versionsOfFlags } from './needed-flags';
import { neededComponents, neededMeshConfig, neededOthers } from './needed-settings';
import { namesOf, neededVersions, newestOf, oldestFirst } from './needed-versions';
import type { MeshRequirement, MeshRequirements } from './reported-requirements';

const EXPERIMENTAL = 'Gateway API, experimental channel';

/** The oldest Istio that these manifests are for, whatever is in them. */
const LEAST_ISTIO = '1.29.0';

/** What the objects of a program need of the cluster. */
export function requirements(model: MeshModel): MeshRequirements {
  const { objects } = model;
  const istio = oldestFirst([...neededVersions('Istio', ISTIO_FIRST, objects), ...versionsOfFlags(model)]);
  const bundle = neededVersions('Gateway API', GATEWAY_API_FIRST, objects);
  const experimental = experimentalIn(objects);
  const [components, meshConfig] = [neededComponents(model), neededMeshConfig(model)];
  const [istiodFlags, others] = [neededFlags(model), [...neededOthers(model), ...neededByMachines(model)]];
  const gatewayApi = newestOf(bundle, undefined);
  const needed = {
    istio: newestOf(istio, LEAST_ISTIO),
    ...(gatewayApi && { gatewayApi, gatewayApiChannel: experimental.length > 0 ? 'experimental' : 'standard' }),
    components: namesIn(components),
    meshConfig: namesIn(meshConfig),
    istiodFlags: namesIn(istiodFlags),
    others: namesIn(others),
  };
  const versions = [...istio, ...bundle].map(({ what, because, objects: users }) => ({ what, because, objects: users }));
  return {
    ...needed,
    reasons: [...versions, ...experimental, ...components, ...meshConfig, ...istiodFlags, ...others],
    summary: summaryOf(needed),
  };
}

function experimentalIn(objects: readonly ManifestObject[]): MeshRequirement[] {
  const routes = objects.filter((object) => groupOf(object) === GATEWAY_API);
  const alpha = namesOf(routes.filter(({ apiVersion }) => apiVersion.endsWith(`/${GATEWAY_API_ALPHA}`)).map(nameOf));
  const because = `no bundle serves ${GATEWAY_API_ALPHA} in its standard channel`;
  const ofAlpha = alpha.length > 0 ? [{ what: EXPERIMENTAL, because, objects: alpha }] : [];
  const ofFields = GATEWAY_API_EXPERIMENTAL.flatMap((field) => {
    const users = namesOf(routes.filter((object) => placesOf(object, field).length > 0).map(nameOf));
    const because = `no bundle has ${field.split('.').at(-1)} in its standard channel`;
    return users.length > 0 ? [{ what: EXPERIMENTAL, because, objects: users }] : [];
  });
  return [...ofAlpha, ...ofFields];
}

/** As they came, each once. */
function namesIn(needed: readonly MeshRequirement[]): string[] {
  return [...new Set(needed.map(({ what }) => what))];
}

function summaryOf({
  istio,
  gatewayApi,
  gatewayApiChannel,
  components,
  meshConfig,
  istiodFlags,
  others,
}: Omit<MeshRequirements, 'reasons' | 'summary'>): string {
  const parts = [
    [`Istio ${istio} or later`, ...(components.length > 0 ? [`with ${components.join(' and ')}`] : [])].join(' '),
    ...(gatewayApi === undefined ? [] : [`Gateway API ${gatewayApi} or later (${gatewayApiChannel})`]),
    ...(istiodFlags.length > 0 ? [`istiod with ${istiodFlags.join(' and ')}`] : []),
    ...(meshConfig.length > 0 ? [`in the mesh configuration ${meshConfig.join(', ')}`] : []),
    ...others,
  ];
  return `needs ${parts.join('; ')}`;
}
