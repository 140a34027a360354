import { CORE } from '../../istio/api-groups';
import { PROXY_CONTAINERS, PROXY_USER } from '../../istio/defaults';
import { OFFERED_BY_PROXY, RESERVED } from '../../istio/ports';
import { type Cluster } from '../../cluster/cluster';
import { type Fields, listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { servesMesh } from '../../cluster/services/endpoints';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { hasSidecars, planeOf } from '../planes';
import { CONTAINERS, fieldPaths, WORKLOADS } from '../comparison';
import { type Report, rule } from '../rule';

export const reservedByProxy = rule({
  code: 'MESH106',
  level: 'error',
  title: "port or user that is reserved for Istio's proxy",
  compares: [
    { kinds: [`${CORE}/Service`], fields: ['spec ports targetPort'] },
    { kinds: WORKLOADS, fields: fieldPaths([CONTAINERS], ['ports containerPort', 'securityContext runAsUser']) },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const pods of workloadsOf(cluster)) checkPods(pods, report);
    for (const service of servicesOf(cluster).filter(({ kind }) => kind === 'Service')) checkService(cluster, service, report);
  },
});

function checkPods(pods: Workload, report: Report): void {
  if (!pods.proxy.isInMesh) return;
  for (const container of containersOf(pods)) {
    for (const port of portsOf(container)) reportPort(pods, port, report);
    // ztunnel is told by a mark on packets, not by a user.
    const users = hasSidecars(planeOf(pods.proxy)) ? usersOf(pods, container) : [];
    for (const user of users) reportUser(pods, user, report);
  }
}

function reportPort({ object }: Workload, port: number, report: Report): void {
  report({
    on: object,
    message: `${nameOf(object)} listens on port ${port}, which is reserved for Istio's proxy`,
    got: `containerPort: ${port}`,
    fix: `use a port outside ${RESERVED.first} to ${RESERVED.last}`,
  });
}

function reportUser({ object }: Workload, field: string, report: Report): void {
  report({
    on: object,
    message: `${nameOf(object)} runs as the proxy's own user or group, so its traffic bypasses the proxy`,
    got: `${field}: ${PROXY_USER}`,
    fix: `run under an id other than ${PROXY_USER}`,
  });
}

function checkService(cluster: Cluster, service: MeshService, report: Report): void {
  const wrong = service.ports.map(({ target }) => target).filter((target) => isReserved(target) && !OFFERED_BY_PROXY.includes(target));
  if (wrong.length === 0 || !servesMesh(cluster, service)) return;
  for (const targetPort of wrong) {
    report({
      on: service.object,
      message: `${nameOf(service.object)} sends traffic to port ${targetPort} of its pods, which is reserved for Istio's proxy`,
      got: `targetPort: ${targetPort}`,
      fix: `let the application listen on a port outside ${RESERVED.first} to ${RESERVED.last}`,
    });
  }
}

function containersOf({ spec }: Workload): Fields[] {
  return [...listOf(spec.initContainers), ...listOf(spec.containers)].filter(({ name }) => !PROXY_CONTAINERS.includes(textOf(name) ?? ''));
}

function portsOf(container: Fields): number[] {
  return listOf(container.ports)
    .map(({ containerPort }) => numberOf(containerPort))
    .filter(isReserved);
}

function usersOf({ spec }: Workload, container: Fields): string[] {
  return ['runAsUser', 'runAsGroup'].filter((field) => {
    const own = valueAt(container, 'securityContext', field);
    return (own ?? valueAt(spec, 'securityContext', field)) === PROXY_USER;
  });
}

function isReserved(port: number | string | undefined): port is number {
  return typeof port === 'number' && port >= RESERVED.first && port <= RESERVED.last;
}
