import type * as networking from '../../../imports/networking.istio.io';
import { TUNNEL } from '../../istio/labels';
import type { MachineFacts, MachinesFacts } from '../../model/machines/machines';
import type { PartyFacts } from '../../model/party';

/** What is known of machines once all is said of their calls. */
export interface ToldMachines {
  /** Some caller comes through a tunnel, and speaks plaintext to whoever does not say that he ends one. */
  readonly takesTunnels: boolean;
}

type Labels = Readonly<Record<string, string>>;

/** What the configuration of a machine is made from, and the entry of one that registers itself. */
export function renderWorkloadGroup(
  { podLabels = {}, serviceAccountName }: PartyFacts,
  { version, network, readiness }: MachinesFacts,
  told: ToldMachines,
): networking.WorkloadGroupSpec {
  return {
    metadata: { labels: { ...labelsOf(podLabels, version, told) } },
    // Named ports are the only ones that the proxy of a machine would take.
    template: { serviceAccount: serviceAccountName, network },
    probe: readiness && probeOf(readiness),
  };
}

/** One machine that does not register itself. */
export function renderWorkloadEntry(
  { podLabels = {}, serviceAccountName }: PartyFacts,
  { address, labels, weight, locality, network }: MachineFacts,
  { version }: MachinesFacts,
  told: ToldMachines,
): networking.WorkloadEntrySpec {
  return {
    address,
    labels: { ...labels, ...labelsOf(podLabels, version, told) },
    serviceAccount: serviceAccountName,
    weight,
    locality,
    network,
  };
}

/** As Istio names the entry of a machine that registers itself, so that it finds its own. */
export function entryName(groupName: string, { address, network }: MachineFacts): string {
  return [groupName, address.toLowerCase().replaceAll(':', '-'), ...(network === undefined ? [] : [network])].join('-');
}

function labelsOf(podLabels: Labels, version: string, { takesTunnels }: ToldMachines): Labels {
  return { ...podLabels, version, ...(takesTunnels ? { [TUNNEL]: 'http' } : {}) };
}

function probeOf({ path, command, port }: NonNullable<MachinesFacts['readiness']>): networking.WorkloadGroupSpecProbe {
  if (command) return { exec: { command: [...command] } };
  return path === undefined ? { tcpSocket: { port } } : { httpGet: { path, port } };
}
