import type { Cluster } from '../../../cluster/cluster';
import { namespaceOf } from '../../../cluster/objects/manifest-object';
import { objectsOf } from '../../../cluster/objects/objects-by-kind';
import type { ManifestObject, MeshModel } from '../../../model/mesh-model';
import type { TenantFacts } from '../../../model/tenants/tenant';
import { clusterOf } from '../../cluster-of';

/** An object in a tenant's namespace. */
export interface TenantObject {
  readonly cluster: Cluster;
  readonly tenant: TenantFacts;
  readonly object: ManifestObject;
}

/** Objects of a kind that stand in namespaces of tenants. */
export function tenantObjects(model: MeshModel, group: string, kinds: readonly string[]): TenantObject[] {
  const { tenants = [] } = model;
  if (tenants.length === 0) return [];
  const cluster = clusterOf(model);
  const owners = new Map(tenants.flatMap((tenant) => tenant.namespaces.map((name): [string, TenantFacts] => [name, tenant])));
  return kinds
    .flatMap((kind) => objectsOf(cluster, group, kind))
    .flatMap((object) => {
      const tenant = owners.get(namespaceOf(object));
      return tenant ? [{ cluster, tenant, object }] : [];
    });
}

/** Whether a tenant may speak for a host, or for all hosts of a pattern. */
export function ownsHost({ clusterDomain }: Pick<Cluster, 'clusterDomain'>, { hosts, namespaces }: TenantFacts, host: string): boolean {
  const small = host.toLowerCase();
  const below = hosts.filter((one) => one.startsWith('*')).map((one) => one.slice(1));
  const suffixes = [...below, ...namespaces.map((name) => `.${name}.svc.${clusterDomain}`)];
  return hosts.includes(small) || suffixes.some((suffix) => small.endsWith(suffix));
}

/** Whether a reference leads into a namespace of the tenant. */
export function isHome({ namespaces }: TenantFacts, ref: { readonly namespace?: unknown }): boolean {
  return ref.namespace === undefined || namespaces.some((name) => name === ref.namespace);
}

/** Whether a reference leads to a gateway of somebody else that the tenant may use. */
export function isListed({ gateways }: TenantFacts, ref: { readonly namespace?: unknown; readonly name?: unknown }): boolean {
  return gateways.includes(`${String(ref.namespace)}/${String(ref.name)}`);
}
