import * as networking from '../../../imports/networking.istio.io';
import type { PartyFacts } from '../../model/party';
import { isUdp, protocolOf, type Resolution, type Whereabouts } from '../../planes/outside/external-protocols';

const RESOLUTIONS: Readonly<Record<Resolution, networking.ServiceEntrySpecResolution>> = {
  DNS: networking.ServiceEntrySpecResolution.DNS,
  NONE: networking.ServiceEntrySpecResolution.NONE,
  DYNAMIC_DNS: networking.ServiceEntrySpecResolution.DYNAMIC_UNDERSCORE_DNS,
};

/** A host outside the cluster, with the protocol of each port, so that no proxy has to guess. */
export function renderServiceEntry(
  { host, ports }: PartyFacts,
  exportTo: string[],
  { resolution, addresses }: Whereabouts = { resolution: 'DNS' },
): networking.ServiceEntrySpec {
  return {
    hosts: [host!],
    addresses: addresses && [...addresses],
    exportTo,
    location: networking.ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL,
    resolution: RESOLUTIONS[resolution],
    ports: ports
      .filter((port) => !isUdp(port))
      .map((port) => ({
        number: port.number,
        name: port.name,
        protocol: protocolOf(port),
        targetPort: port.targetPort === port.number ? undefined : port.targetPort,
      })),
  };
}
