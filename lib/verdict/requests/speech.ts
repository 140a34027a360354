import type { Cluster } from '../../cluster/cluster';
import { calledService } from '../../cluster/services/registry';
import { portOf } from '../../cluster/services/services';
import type { Target } from './request';

const TLS: readonly string[] = ['https', 'tls'];

/** Whether a client there speaks TLS of its own: as the port says, else by its number; to a bare address it is taken to speak HTTP. */
export function speaksTls(cluster: Cluster, to: Target): boolean {
  if (!('host' in to)) return false;
  const service = calledService(cluster, to.host.toLowerCase());
  const port = service && portOf(service, to.port);
  if (service?.kind === 'Service')
    return port !== undefined && TLS.includes((port.appProtocol ?? port.name ?? '').split('-')[0].toLowerCase());
  return port ? TLS.includes(port.protocol.toLowerCase()) : to.port === 443;
}
