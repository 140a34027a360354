import { requireDnsLength } from './bounds/dns-length';
import { MeshError } from './mesh-error';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const HOST = new RegExp(`^${LABEL}\\.${LABEL}\\.svc(\\.${LABEL})+$`);

/** Namespace of a Service's full host name; refuses what is no Service of a cluster. */
export function namespaceOfHost(at: string, host: string): string {
  if (HOST.test(host)) return requireDnsLength(at, 'host', host).split('.')[1];
  throw new MeshError({
    code: 'MESH008',
    at,
    what: 'a host in the cluster is written out: <service>.<namespace>.svc.<cluster domain>',
    got: host,
    fix: 'write for example orders-db.databases.svc.cluster.local; a host outside the cluster is an ExternalService',
  });
}
