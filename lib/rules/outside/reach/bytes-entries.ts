import type { Cluster } from '../../../cluster/cluster';
import { textsOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { perCluster } from '../../../cluster/per-cluster';
import { speechOf } from '../../../cluster/services/protocols';
import { type MeshService, type ServicePort, servicesOf } from '../../../cluster/services/services';
import { isAddress } from '../../../support/addresses';
import { groupedBy } from '../../../support/grouping';

const BYTES = ['tcp', 'mongo', 'mysql', 'redis'];

/** Ports of a ServiceEntry whose bytes come to the listener of all addresses: where each address is a single one, it has a listener of its own. */
export function sharedPorts({ kind, object, ports }: MeshService): number[] {
  const addresses = kind === 'ServiceEntry' ? textsOf(specOf(object).addresses) : [];
  const hasOwnListeners = addresses.length > 0 && addresses.every(isSingle);
  if (kind !== 'ServiceEntry' || hasOwnListeners) return [];
  return ports.filter(({ protocol }) => BYTES.includes(protocol.toLowerCase())).map(({ number }) => number);
}

function isSingle(block: string): boolean {
  return isAddress(block) || /^[\d.]+\/32$/.test(block) || /:.*\/128$/.test(block);
}

/** Whoever says outright that HTTP is spoken on a port: what is guessed at has a listener of its own. */
export const speakersOfHttp = perCluster((cluster: Cluster): ReadonlyMap<number, readonly MeshService[]> => {
  const spoken = servicesOf(cluster)
    .filter(({ externalName }) => externalName === undefined)
    .flatMap((service) => service.ports.filter((port) => isHttp(service, port)).map(({ number }) => ({ service, number })));
  const byPort = groupedBy(spoken, ({ number }) => number);
  return new Map([...byPort].map(([number, places]) => [number, places.map(({ service }) => service)]));
});

function isHttp({ kind }: MeshService, port: ServicePort): boolean {
  return kind === 'ServiceEntry' ? port.isHttp : speechOf(port) === 'http';
}
