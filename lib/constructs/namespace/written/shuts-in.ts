import type { DataPlaneMode } from '../../../model/namespace-facts';
import type { WrittenNamespace } from '../../../model/written/written-mesh';
import { planeOf } from '../../../planes/plane-of';

/** Whether nothing gets out of pods of a plane there but their calls: NetworkPolicies let out no other packets, and a sidecar knows the hosts of its scope alone. */
export function shutsIn({ zeroTrust, networkLayer }: Pick<WrittenNamespace, 'zeroTrust' | 'networkLayer'>, mode: DataPlaneMode): boolean {
  return zeroTrust && (networkLayer !== 'none' || planeOf({ mode }).scopesProxies);
}
