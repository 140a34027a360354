import type { MeshModel, ServiceModel } from '../../model/mesh-model';
import { takersIn } from '../../model/users/token-takers';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const unreachableKeys = rule({
  code: 'MESH241',
  level: 'warning',
  title: 'keys of an issuer that istiod cannot fetch',

  check(model, report) {
    for (const { on, issuer } of takersIn(model)) {
      const uri = issuer.jwksUri;
      const service = uri === undefined ? undefined : closedService(model, new URL(uri));
      if (!service) continue;
      report({
        on,
        message: `istiod fetches the keys of ${issuer.issuer} at ${partyText(service)} without mutual TLS, which that service takes of nobody: without keys every token is refused`,
        got: uri,
        fix: `give the keys themselves in jwks, or open the port of ${service.name} that they are at: MeshPort.http(…, { plaintext: 'istiod fetches keys' })`,
      });
    }
  },
});

/** The service of the program at which the keys are, unless istiod gets in there. */
function closedService({ services }: MeshModel, { hostname, port, protocol }: URL): ServiceModel | undefined {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return services.find(({ host, namespace, ports }) => {
    const isThere = host !== undefined && (host === hostname || host.startsWith(`${hostname}.`));
    return isThere && namespace.zeroTrust && ports.every((one) => one.number !== number || one.plaintext === undefined);
  });
}
