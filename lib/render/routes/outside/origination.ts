import * as networking from '../../../../imports/networking.istio.io';
import type { OriginationFacts } from '../../../model/outside/origination';
import type { PartyFacts } from '../../../model/party';
import { isWildcard } from '../../../planes/outside/external-protocols';

/** What istiod calls the authorities in the image of a proxy: written out, for nothing at all reads as if nobody was checked. */
const OF_IMAGE = 'system';

/** TLS that a proxy begins with a host outside, on the ports where the application speaks HTTP; the host is checked by name and authority. */
export function renderOrigination({ host = '', ports }: PartyFacts, exportTo: string[]): networking.DestinationRuleSpec {
  return {
    host,
    exportTo,
    trafficPolicy: {
      portLevelSettings: ports.flatMap(({ number, origination }) =>
        origination ? [{ port: { number }, tls: renderTls(host, origination) }] : [],
      ),
    },
  };
}

// Without names proxies ask for the host of each request, and check for it: under a wildcard there is no other way.
function renderTls(
  host: string,
  { sni, caCertificates, clientCertificate, privateKey, credentialName }: OriginationFacts,
): networking.DestinationRuleSpecTrafficPolicyPortLevelSettingsTls {
  const { SIMPLE, MUTUAL } = networking.DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode;
  const name = sni ?? (isWildcard(host) ? undefined : host);
  return {
    mode: clientCertificate === undefined && credentialName === undefined ? SIMPLE : MUTUAL,
    sni: name,
    subjectAltNames: name === undefined ? undefined : [name],
    // A Secret brings its own authorities; without any, nothing is believed.
    caCertificates: caCertificates ?? (credentialName === undefined ? OF_IMAGE : undefined),
    credentialName,
    clientCertificate,
    privateKey,
  };
}
