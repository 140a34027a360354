import type { Cluster } from '../../cluster/cluster';
import { servicesOver } from '../../cluster/services/endpoints';
import { serviceOf } from '../../cluster/services/registry';
import { tryWorkload } from '../../cluster/workloads/workloads';
import { lineOf, type Request } from '../../verdict/requests/request';

/**
 * The statement of a program that would grant a request: services under the names that a program would most likely give them. Requests are named only
 * where the proxy that decides reads them.
 */
export function grantCode(cluster: Cluster, request: Request, readsHttp: boolean): string {
  const { from, to } = request;
  const callee = identifier(
    'host' in to ? (serviceOf(cluster, to.host)?.name ?? to.host) : 'podOf' in to ? nameOfPods(cluster, to.podOf) : to.address,
  );
  if ('gateway' in from) return `${identifier(from.gateway.split('/')[1])}.expose(${callee}, { host: '${'host' in to ? to.host : ''}' });`;
  const options = optionsOf(cluster, request, readsHttp);
  if ('workload' in from) return `${identifier(nameOfPods(cluster, from.workload))}.calls(${callee}${options});`;
  const { namespace, serviceAccount = 'default' } = 'pod' in from ? from.pod : from.identity;
  return `${callee}.access.allow(ServiceIdentity.of('${namespace}', '${serviceAccount}')${options});`;
}

/** Pods are called after their Service, as a program does. */
function nameOfPods(cluster: Cluster, key: string): string {
  const workload = tryWorkload(cluster, key);
  const [service] = workload ? servicesOver(cluster, workload) : [];
  return service?.name ?? key.split('/')[1];
}

function optionsOf(cluster: Cluster, request: Request, readsHttp: boolean): string {
  const { to } = request;
  const service = 'host' in to ? serviceOf(cluster, to.host) : undefined;
  const port = service?.ports.find(({ number }) => number === to.port);
  const { method, path } = lineOf(request);
  const parts = [
    ...((service?.ports.length ?? 2) > 1 ? [`port: ${to.port}`] : []),
    ...(port?.isHttp && readsHttp
      ? [`http: [HttpAccess.of({ methods: ['${method}'], paths: [${JSON.stringify(path.split('?')[0]).replaceAll('"', "'")}] })]`]
      : []),
    ...('podOf' in to ? ['toPods: true'] : []),
  ];
  return parts.length > 0 ? `, { ${parts.join(', ')} }` : '';
}

function identifier(name: string): string {
  const [first, ...rest] = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return [first, ...rest.map((word) => word[0].toUpperCase() + word.slice(1))].join('').replace(/^(\d)/, '_$1');
}
