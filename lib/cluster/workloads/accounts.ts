import { CORE } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { keyOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { gatewaysOf } from './gateways';
import { accountKey } from './identities';

/** ServiceAccounts that somebody wrote, and those that istiod makes for Gateways. */
export const knownAccounts = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const written = objectsOf(cluster, CORE, 'ServiceAccount').map(keyOf);
  const made = gatewaysOf(cluster).map(({ namespaceName, serviceAccountName }) => accountKey(namespaceName, serviceAccountName));
  return new Set([...written, ...made]);
});
