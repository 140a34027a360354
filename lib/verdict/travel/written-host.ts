import type { Cluster } from '../../cluster/cluster';
import { calledService } from '../../cluster/services/registry';
import { isHeadless, type MeshService, portOf } from '../../cluster/services/services';
import type { Speaker } from '../requests/callers';
import type { Request } from '../requests/request';
import { scopeOf } from '../requests/scope';
import { isNamedHttp, speaksHttpOn } from '../routes/mesh-routes';

/** A host that a client writes where it calls another. */
export interface WrittenHost {
  readonly host: string;
  /** The Service of the mesh that has it; undefined where the sidecar knows none, or where nobody can tell. */
  readonly service?: MeshService;
  readonly isUnclear?: boolean;
}

/** A sidecar sends requests where the host leads that they are for, whoever was dialled; nothing where that is the same. Where it guesses what is spoken, it goes by the address. */
export function writtenBeside(
  cluster: Cluster,
  caller: Speaker,
  request: Request,
  { service, port: number }: Dialled,
): WrittenHost | undefined {
  if (request.addressed === undefined || !caller.proxy.routesForPods) return undefined;
  const port = service && portOf(service, number);
  const isRead = service ? port !== undefined && isNamedHttp(service, port) : speaksHttpOn(cluster, caller, number);
  if (!isRead) return undefined;
  const host = request.addressed.host.replace(/:\d+$/, '');
  if (caller.isBodiless && !host.includes('.')) return { host, isUnclear: true };
  const found = serviceFor(cluster, caller, host, number);
  return found && found === service ? undefined : { host, service: found };
}

/** What a client dials: a Service, or the address of a pod of which its sidecar is told nothing. */
interface Dialled {
  readonly service?: MeshService;
  readonly port: number;
}

/** Of a headless Service a sidecar knows the names of pods as well. */
function serviceFor(cluster: Cluster, caller: Speaker, name: string, port: number): MeshService | undefined {
  const own = serviceNamed(cluster, caller, name, port);
  const labels = name.split('.');
  const above = labels.slice(1).map((_, index) => serviceNamed(cluster, caller, labels.slice(index + 1).join('.'), port));
  return own ?? above.find((service) => service && service.kind === 'Service' && isHeadless(service));
}

function serviceNamed(cluster: Cluster, caller: Speaker, name: string, port: number): MeshService | undefined {
  const scope = scopeOf(cluster, caller);
  const looking = { home: caller.namespaceName, viewer: caller.namespaceName };
  const found = fullNames(cluster, name, caller.namespaceName).map((host) => ({ host, service: calledService(cluster, host, looking) }));
  return found.find(({ host, service }) => service && portOf(service, port)?.isHttp && scope.sees(service.namespaceName, host, port))
    ?.service;
}

/** As it stands, and what it may be short for; a dot at the end has it whole. */
function fullNames({ clusterDomain }: Cluster, name: string, namespaceName: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const dots = name.split('.').length - 1;
  const short = dots === 0 ? [`${name}.${namespaceName}.svc.${clusterDomain}`] : dots === 1 ? [`${name}.svc.${clusterDomain}`] : [];
  return [name, ...short, ...(name.endsWith('.svc') ? [`${name}.${clusterDomain}`] : [])];
}
