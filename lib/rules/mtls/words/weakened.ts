import type { Cluster } from '../../../cluster/cluster';
import { mtlsSettings } from '../../../cluster/policies/mtls-settings';
import type { Weakening } from '../../../model/mtls/weakening';
import { weakerText } from '../../mtls-places';

/** Whose callers it is about: `the mesh`, `namespace shop`, `shop/cart on port 8080`. */
export function weakenedText({ level, namespaceName, service = '', port }: Weakening): string {
  if (level === 'mesh') return 'the mesh';
  if (level === 'namespace') return `namespace ${namespaceName}`;
  const name = service.slice(service.indexOf(':') + 1);
  return level === 'port' ? `${name} on port ${port}` : name;
}

/** The level above asks for mutual TLS: `, though PeerAuthentication shop/default says STRICT`. */
export function aboveText(cluster: Cluster, { path }: Weakening): string {
  const settings = mtlsSettings(cluster).find(({ object }) => object.path === `${path}/PeerAuthentication`);
  return settings ? weakerText(cluster, settings) : '';
}
