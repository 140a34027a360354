import type { MachinesFacts } from '../../model/machines/machines';
import type { PartyFacts } from '../../model/party';

/** What writes the configuration of machines, into a folder each that is then copied there. */
export function renderMachineCommands(
  { name, namespaceName }: Pick<PartyFacts, 'name' | 'namespaceName'>,
  { named }: MachinesFacts,
  clusterName?: string,
): string[] {
  const cluster = clusterName === undefined ? '' : ` --clusterID ${clusterName}`;
  const command = `istioctl x workload entry configure --name ${name} --namespace ${namespaceName}${cluster}`;
  if (named.length === 0) return [`${command} --autoregister --output ${name}`];
  return named.map(({ address }) => `${command} --internalIP ${address} --output ${name}-${address.replaceAll(':', '-')}`);
}
