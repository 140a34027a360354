import { listOf } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { namesOf } from './needed-versions';
import type { MeshRequirement } from './reported-requirements';

interface Flag {
  readonly what: string;
  readonly because: string;
  readonly needs: (object: ManifestObject) => boolean;
}

/** Environment variables of istiod that are off by default, and what nobody reads without them. */
const FLAGS: readonly Flag[] = [
  {
    what: 'PILOT_ENABLE_ALPHA_GATEWAY_API=true',
    because: 'istiod reads no XBackendTrafficPolicy without it',
    needs: ({ kind }) => kind === 'XBackendTrafficPolicy',
  },
  {
    what: 'PILOT_ENABLE_AGENTGATEWAY=true',
    because: 'istiod runs no Gateway of this class without it',
    needs: (object) => object.kind === 'Gateway' && String(specOf(object).gatewayClassName).startsWith('istio-agentgateway'),
  },
  {
    what: 'ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS=true',
    because: 'waypoints leave out TLS ports of hosts that are looked up for each connection',
    needs: (object) => {
      const { resolution, ports } = specOf(object);
      return object.kind === 'ServiceEntry' && resolution === 'DYNAMIC_DNS' && listOf(ports).some(({ protocol }) => protocol === 'TLS');
    },
  },
];

/** What istiod has to be told beside the mesh configuration. */
export function neededFlags({ objects }: MeshModel): MeshRequirement[] {
  return FLAGS.map(({ what, because, needs }) => ({ what, because, objects: namesOf(objects.filter(needs).map(nameOf)) })).filter(
    ({ objects: users }) => users.length > 0,
  );
}
