import { textOf, textsOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import type { MeshService } from './services';

const OPEN_TYPES: readonly (string | undefined)[] = ['NodePort', 'LoadBalancer'];

/** Nodes, a load balancer or addresses of its own lead to its pods from outside the cluster, past every proxy but their own. */
export function opensOutside({ kind, object }: Pick<MeshService, 'kind' | 'object'>): boolean {
  const { type, externalIPs } = specOf(object);
  return kind === 'Service' && (OPEN_TYPES.includes(textOf(type)) || textsOf(externalIPs).length > 0);
}
