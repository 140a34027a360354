import { NETWORKING } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { type IstioGateway, istioGateways, type IstioServer, sharePods } from '../../cluster/routes/istio-gateways';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const sharedCertificate = rule({
  code: 'MESH408',
  level: 'warning',
  title: 'one certificate on several Gateways of the same pods',
  compares: [{ kinds: [`${NETWORKING}/Gateway`], fields: ['spec selector', 'spec servers'], pairs: true }],

  check(model, report) {
    const gateways = istioGateways(clusterOf(model));
    gateways.forEach((gateway, index) => {
      const [first] = gateways.slice(0, index).flatMap((other) => sharedWith(other, gateway));
      if (!first) return;
      report({
        on: gateway.object,
        message: `${nameOf(first.object)} and ${nameOf(gateway.object)} show certificate ${first.certificate} on port ${first.port} of the same pods: a browser takes one connection for the hosts of both, and the second host answers 404`,
        got: first.hosts,
        fix: isRaw(gateway)
          ? 'write one Gateway whose server has the hosts of both, and keep the routes apart in VirtualServices'
          : 'name the hosts of both in one GatewayListener',
      });
    });
  },
});

function sharedWith(other: IstioGateway, gateway: IstioGateway) {
  if (!sharePods(other, gateway)) return [];
  return gateway.servers.flatMap((server) => {
    const rival = other.servers.find((one) => one.port === server.port && one.bind === server.bind && isOther(one, server));
    const certificate = rival?.certificates.find((name) => server.certificates.includes(name));
    if (!rival || certificate === undefined) return [];
    return [{ object: other.object, certificate, port: server.port, hosts: `${rival.hosts.join(', ')} and ${server.hosts.join(', ')}` }];
  });
}

// Two servers for one host are another mistake: MESH407.
function isOther(one: IstioServer, other: IstioServer): boolean {
  const isShown = one.isTls && other.isTls && one.certificates.some((name) => other.certificates.includes(name));
  return isShown && !one.scopedHosts.some((host) => other.scopedHosts.includes(host));
}
