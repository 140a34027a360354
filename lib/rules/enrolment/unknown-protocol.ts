import { CORE } from '../../istio/api-groups';
import { ENVOY_METRICS, OFFERED_BY_PROXY } from '../../istio/ports';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { allBehind, podPort, servesMesh } from '../../cluster/services/endpoints';
import { PROTOCOLS, speechOf } from '../../cluster/services/protocols';
import { type MeshService, type ServicePort, servicesOf } from '../../cluster/services/services';
import type { Pod } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import type { Cure } from '../../model/finding';
import { certainlyMeant } from '../../support/options/nearest';
import { rule } from '../rule';

export const unknownProtocol = rule({
  code: 'MESH105',
  level: 'warning',
  title: 'Service port without a protocol that Istio knows',
  compares: [{ kinds: [`${CORE}/Service`], fields: fieldPaths(['spec ports'], ['name', 'appProtocol', 'protocol']) }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const service of servicesOf(cluster).filter(({ kind }) => kind === 'Service')) {
      const guessed = service.ports.filter((port) => speechOf(port) === 'guessed');
      const ports = guessed.length > 0 && servesMesh(cluster, service) ? guessed.filter((port) => !isOfProxy(cluster, service, port)) : [];
      for (const port of ports) {
        report({
          on: service.object,
          field: ['spec', 'ports', service.ports.indexOf(port)],
          message: `${nameOf(service.object)} does not say which protocol port ${port.number} uses, so Istio guesses it from the first bytes`,
          got: saidOf(port),
          fix: 'set appProtocol (http, http2, grpc, tcp, tls, mongo, mysql, redis, …), or name the port <protocol>-<suffix>',
          cures: curesOf(port, service.ports.indexOf(port)),
        });
      }
    }
  },
});

// As `status-port` of a gateway, which load balancers ask.
function isOfProxy(cluster: Cluster, service: MeshService, port: ServicePort): boolean {
  if (typeof port.target === 'number') return OFFERED_BY_PROXY.includes(port.target);
  const pods = allBehind(cluster, service);
  return pods.length > 0 && pods.every((pod) => OFFERED_BY_PROXY.includes(podPort(port, pod) ?? portOfProxy(pod, port)));
}

// The injector puts a port with this name into every pod with an Envoy.
function portOfProxy({ proxy }: Pod, { target }: ServicePort): number {
  return proxy.readsHttp && target === 'http-envoy-prom' ? ENVOY_METRICS : NaN;
}

function saidOf({ name, appProtocol }: ServicePort): string {
  if (appProtocol !== undefined) return `appProtocol: ${appProtocol}`;
  return name === undefined ? 'neither name nor appProtocol' : `name: ${name}`;
}

// Others may know a port by its name, so that stays as it is.
function curesOf({ appProtocol = '' }: ServicePort, index: number): Cure[] {
  const meant = certainlyMeant(appProtocol, PROTOCOLS);
  return meant === undefined ? [] : [{ field: ['spec', 'ports', index, 'appProtocol'], kind: 'set', was: appProtocol, to: meant }];
}
