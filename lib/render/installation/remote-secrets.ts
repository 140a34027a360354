import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { InstallationFacts } from '../../model/installation/installation';
import { contextOf } from './contexts';

/** What lets the istiod of this cluster look into each of the others, once all of them are installed. */
export function remoteSecretCommands(facts: InstallationFacts): string[] {
  const { cluster, otherClusters = [] } = facts.mesh;
  return cluster === undefined ? [] : otherClusters.map((other) => remoteSecret(facts, other.name, cluster.name));
}

/** Takes the credentials of a cluster, and gives them to the istiod of another. */
export function remoteSecret(facts: InstallationFacts, of: string, to: string): string {
  const { namespaceName } = facts;
  const place = namespaceName === ROOT_NAMESPACE ? '' : ` --istioNamespace ${namespaceName}`;
  const secret = `istioctl create-remote-secret --context ${contextOf(facts, of)} --name ${of}${place}`;
  return `${secret} | kubectl apply --context ${contextOf(facts, to)} --server-side --filename -`;
}
