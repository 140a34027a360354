import { nameOf } from '../../cluster/objects/manifest-object';
import type { MeshModel } from '../../model/mesh-model';
import { namesOf } from './needed-versions';
import type { MeshRequirement } from './reported-requirements';

/** What proxies on machines beside the cluster need of it. */
export function neededByMachines({ objects }: MeshModel): MeshRequirement[] {
  const groups = objects.filter(({ kind }) => kind === 'WorkloadGroup');
  if (groups.length === 0) return [];
  return [
    {
      what: 'istiod where machines reach it, port 15012',
      because: 'their proxies ask it for certificates and configuration, through a gateway of the mesh or a load balancer of its own',
      objects: namesOf(groups.map(nameOf)),
    },
  ];
}
