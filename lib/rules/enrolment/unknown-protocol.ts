import { CORE } from '../../istio/api-groups';
import { fieldPaths } from '../comparison';
import { nameOf } from '../manifest-reader';
import { rule } from '../rule';
import { servesMesh, type ServicePortFacts, servicesByHost } from '../service-facts';

const KNOWN = ['tcp', 'udp', 'grpc', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'];
const KUBERNETES_WORDS = ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'];

// Ports where Istio takes TCP for granted, since a guess hangs servers that speak first.
const TAKEN_AS_TCP: readonly unknown[] = [25, 53, 3306, 27017];

export const unknownProtocol = rule({
  code: 'MESH105',
  level: 'warning',
  title: 'Service port without a protocol that Istio knows',
  compares: [{ kinds: [`${CORE}/Service`], fields: fieldPaths(['spec ports'], ['name', 'appProtocol', 'protocol']) }],

  check(model, report) {
    for (const service of servicesByHost(model).values()) {
      const ports = servesMesh(model, service) ? service.ports.filter(isGuessed) : [];
      for (const port of ports) {
        report({
          on: service.object,
          message: `${nameOf(service.object)} does not say which protocol port ${port.number} uses, so Istio guesses it from the first bytes`,
          got: saidOf(port),
          fix: 'set appProtocol (http, http2, grpc, tcp, tls, mongo, mysql, redis, …), or name the port <protocol>-<suffix>',
        });
      }
    }
  },
});

function isGuessed(port: ServicePortFacts): boolean {
  return port.protocol !== 'UDP' && !TAKEN_AS_TCP.includes(port.number) && !isKnown(port);
}

// appProtocol, where it is set, is read in the place of the name.
function isKnown({ name = '', appProtocol }: ServicePortFacts): boolean {
  const word = (appProtocol ?? name).toLowerCase();
  return word.startsWith('grpc-web') || KNOWN.includes(word.split('-')[0]) || KUBERNETES_WORDS.includes(appProtocol ?? '');
}

function saidOf({ name, appProtocol }: ServicePortFacts): string {
  if (appProtocol !== undefined) return `appProtocol: ${appProtocol}`;
  return name === undefined ? 'neither name nor appProtocol' : `name: ${name}`;
}
