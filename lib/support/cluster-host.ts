import { MeshError } from './mesh-error';

/** Namespace of a Service's full host name; refuses what is no Service of a cluster. */
export function namespaceOfHost(at: string, host: string): string {
  const parts = /^([a-z0-9][-a-z0-9]*)\.([a-z0-9][-a-z0-9]*)\.svc\.([-a-z0-9.]+)$/.exec(host);
  if (parts) return parts[2];
  throw new MeshError({
    code: 'MESH008',
    at,
    what: 'a host in the cluster is written out: <service>.<namespace>.svc.<cluster domain>',
    got: host,
    fix: 'write for example orders-db.databases.svc.cluster.local; a host outside the cluster is an ExternalService',
  });
}
