import * as networking from '../../../imports/networking.istio.io';
import type { PartyFacts } from '../../model/party';

/** A host outside the cluster whose TLS passes through as it is. */
export function renderServiceEntry({ host, ports }: PartyFacts, exportTo: string[]): networking.ServiceEntrySpec {
  return {
    hosts: [host!],
    exportTo,
    location: networking.ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL,
    resolution: networking.ServiceEntrySpecResolution.DNS,
    ports: ports.map(({ number, name }) => ({ number, name, protocol: 'TLS' })),
  };
}
