import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { listOf, numberOf, textOf } from '../../cluster/objects/fields';
import { keyOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { type IstioGateway, istioGateways, type IstioServer, sharePods } from '../../cluster/routes/istio-gateways';
import { isHttpProtocol } from '../../cluster/services/protocols';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { type Report, rule } from '../rule';

export const sameServer = rule({
  code: 'MESH407',
  level: 'error',
  title: 'two gateways, or two listeners, for one port and host',
  compares: [
    { kinds: [`${NETWORKING}/Gateway`], fields: ['spec selector', 'spec servers'], pairs: true },
    { kinds: [`${GATEWAY_API}/Gateway`], fields: ['spec listeners'], made: false },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const gateways = istioGateways(cluster);
    gateways.forEach((gateway, index) => {
      for (const first of gateways.slice(0, index).filter((other) => sharePods(gateway, other))) checkPair(first, gateway, report);
    });
    for (const object of objectsOf(cluster, GATEWAY_API, 'Gateway').filter(({ made }) => !made)) checkListeners(object, report);
  },
});

function checkPair(first: IstioGateway, second: IstioGateway, report: Report): void {
  for (const server of second.servers) {
    const other = first.servers.find(
      (one) => one.port !== undefined && one.port === server.port && one.bind === server.bind && clash(one, server),
    );
    if (!other) continue;
    const hosts = server.hosts.filter((host) => other.hosts.includes(host)).join(', ');
    report({
      on: second.object,
      message: `${nameOf(first.object)} and ${nameOf(second.object)} open port ${server.port} of the same pods for ${hosts || 'connections without TLS'}: Istio leaves the whole server of one of them out`,
      got: `${other.protocol} and ${server.protocol}`,
      fix: 'write one server for the host, in one of the two; or another host, port or selector',
    });
    return;
  }
}

// Servers that speak HTTP in plain are merged, and their routes too.
function clash(one: IstioServer, other: IstioServer): boolean {
  if (one.isTls !== other.isTls) return false;
  if (one.isTls) return other.scopedHosts.some((host) => one.scopedHosts.includes(host));
  return !isHttpProtocol(one.protocol) || !isHttpProtocol(other.protocol);
}

function checkListeners(object: ManifestObject, report: Report): void {
  const seen = new Map<string, string>();
  for (const { name, port, protocol, hostname } of listOf(specOf(object).listeners)) {
    const claim = [numberOf(port), textOf(protocol), (textOf(hostname) ?? '*').toLowerCase()].join(' ');
    const [own, first] = [textOf(name) ?? '?', seen.get(claim)];
    seen.set(claim, first ?? own);
    if (first === undefined || first === own) continue;
    report({
      on: object,
      message: `listeners ${first} and ${own} of the Gateway ${keyOf(object)} are for the same port, protocol and hostname, which the API server refuses`,
      got: claim,
      fix: 'keep one of them, or give them different hostnames',
    });
  }
}
