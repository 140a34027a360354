import { isSaid, listOf } from '../../cluster/objects/fields';
import { annotationsOfObject, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { severalAuthorizers } from '../../cluster/policies/several-authorizers';
import { EAST_WEST_CLASS } from '../../istio/gateway-classes';
import { DRY_RUN } from '../../istio/labels';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { planeOf } from '../../planes/plane-of';
import { isBefore } from '../../support/versions/version-order';
import { namesOf, type NeededVersion } from './needed-versions';
import type { MeshRequirement } from './reported-requirements';

interface Flag {
  readonly what: string;
  readonly because: string;
  /** The first version of Istio that has it, where not every one does. */
  readonly since?: string;
  readonly needs: (object: ManifestObject, model: MeshModel) => boolean;
}

/** What an installation with ztunnel sets by itself in a cluster with a network. */
export const MULTI_NETWORK = 'AMBIENT_ENABLE_MULTI_NETWORK';

/** Environment variables of istiod that are off by default, and what nobody reads without them. */
const FLAGS: readonly Flag[] = [
  {
    what: 'PILOT_ENABLE_ALPHA_GATEWAY_API=true',
    because: 'istiod reads no XBackendTrafficPolicy without it',
    needs: ({ kind }) => kind === 'XBackendTrafficPolicy',
  },
  {
    what: 'PILOT_ENABLE_ALPHA_GATEWAY_API=true',
    because: 'before 1.31, istiod reads no TCPRoute without it',
    needs: isAlphaTcpRoute,
  },
  {
    what: 'PILOT_ENABLE_AGENTGATEWAY=true',
    because: 'istiod runs no Gateway of this class without it',
    needs: (object) => object.kind === 'Gateway' && String(specOf(object).gatewayClassName).startsWith('istio-agentgateway'),
  },
  {
    what: `${MULTI_NETWORK}=true`,
    because: 'istiod runs no Gateway between networks without it, and tells ztunnels of their own network alone',
    needs: (object) => object.kind === 'Gateway' && specOf(object).gatewayClassName === EAST_WEST_CLASS,
  },
  {
    what: 'ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true',
    because: 'waypoints leave out TLS ports of hosts that are looked up for each connection',
    needs: (object) => {
      const { resolution, ports } = specOf(object);
      return object.kind === 'ServiceEntry' && resolution === 'DYNAMIC_DNS' && listOf(ports).some(({ protocol }) => protocol === 'TLS');
    },
  },
  {
    what: 'AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY=true',
    because: 'ztunnel is told nothing of policies that are only tried out, so that nobody sees what they would refuse',
    needs: (object, model) => isTriedOut(object) && isAtZtunnel(model, object),
  },
  {
    what: 'PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS=true',
    because: 'off by default, and istiod then refuses all that several authorizers of one proxy should be asked about',
    since: '1.30.0',
    needs: (object, { objects }) => severalAuthorizers(objects).includes(object),
  },
];

/** Written as Istio before 1.31 reads it. */
function isAlphaTcpRoute({ kind, apiVersion }: ManifestObject, { istioVersion = '1.31.0' }: MeshModel): boolean {
  return kind === 'TCPRoute' && apiVersion.endsWith('/v1alpha2') && isBefore(istioVersion, '1.31.0');
}

function isTriedOut(object: ManifestObject): boolean {
  return object.kind === 'AuthorizationPolicy' && annotationsOfObject(object)[DRY_RUN] !== undefined && !isSaid(specOf(object).targetRefs);
}

function isAtZtunnel({ namespaces }: MeshModel, object: ManifestObject): boolean {
  return namespaces.some((namespace) => namespace.name === object.namespaceName && !planeOf(namespace).podsHoldProxies);
}

/** Versions of Istio that have these flags. */
export function versionsOfFlags(model: MeshModel): NeededVersion[] {
  const needed = neededFlags(model);
  return FLAGS.flatMap(({ what, since }) => {
    const found = needed.find((one) => one.what === what);
    const because = `before, there is no ${what}`;
    return since && found ? [{ version: since, what: `Istio ${since}`, because, objects: found.objects }] : [];
  });
}

/** What istiod has to be told beside the mesh configuration. */
export function neededFlags(model: MeshModel): MeshRequirement[] {
  const users = ({ needs }: Flag): string[] => namesOf(model.objects.filter((object) => needs(object, model)).map(nameOf));
  return FLAGS.map((flag) => ({ what: flag.what, because: flag.because, objects: users(flag) })).filter(
    ({ objects }) => objects.length > 0,
  );
}
