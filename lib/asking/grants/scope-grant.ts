import { type Cluster } from '../../cluster/cluster';
import { type Fields, listOf, numberOf, textsOf, valueAt } from '../../cluster/objects/fields';
import { metadataOf, specOf } from '../../cluster/objects/manifest-object';
import { serviceOf } from '../../cluster/services/registry';
import type { Decision } from '../../verdict/decide';
import type { Request } from '../../verdict/requests/request';

const NOTHING = '~/*';

/** The Sidecar that keeps a host from its pods, with that host in it; it is applied over the one that is there. */
export function scopeGrant(cluster: Cluster, { to }: Request, { object }: Decision): Fields | undefined {
  const service = 'host' in to ? serviceOf(cluster, to.host) : undefined;
  if (object?.kind !== 'Sidecar' || !service) return undefined;
  const { name, namespace, labels, annotations } = metadataOf(object);
  const egress = withHost(listOf(specOf(object).egress), `${service.namespaceName}/${service.hosts[0]}`, to.port);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name, namespace, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    spec: { ...specOf(object), egress },
  };
}

/** The listener of the port hears of the host, where there is one, else the listener of all ports. */
function withHost(listeners: readonly unknown[], host: string, port: number): unknown[] {
  const portOf = (listener: unknown) => numberOf(valueAt(listener, 'port', 'number'));
  const own = listeners.find((listener) => portOf(listener) === port) ?? listeners.find((listener) => portOf(listener) === undefined);
  if (!own) return [...listeners, { hosts: [host] }];
  return listeners.map((listener) =>
    listener === own
      ? { ...(listener as Fields), hosts: [...textsOf(valueAt(listener, 'hosts')).filter((each) => each !== NOTHING), host] }
      : listener,
  );
}
