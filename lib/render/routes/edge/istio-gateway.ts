import * as networking from '../../../../imports/networking.istio.io';
import type { Gate } from '../../../model/edge/istio-gateway';
import type { ListenerFacts } from '../../../model/edge/listener';
import { PROTOCOLS } from '../gateway';

const { SIMPLE, MUTUAL, OPTIONAL_UNDERSCORE_MUTUAL, PASSTHROUGH } = networking.GatewaySpecServersTlsMode;
const CLIENTS = { required: MUTUAL, optional: OPTIONAL_UNDERSCORE_MUTUAL } as const;

/** A Gateway for one listener, to which routes of its own namespace bind, and of some others. */
export function renderIstioGateway(
  { listener, servers }: Gate,
  podLabels: Readonly<Record<string, string>>,
  routesFrom: readonly string[],
): networking.GatewaySpec {
  const scopes = ['.', ...routesFrom];
  const { kind, port } = listener;
  return {
    selector: { ...podLabels },
    servers: servers.map(({ name, hosts }) => {
      const names = hosts.length > 0 ? hosts : ['*'];
      return {
        port: { number: port, name, protocol: PROTOCOLS[kind] },
        // Of names with a namespace before them istiod makes hosts that no client asks for, where it answers by itself.
        hosts: redirectsHere(listener) ? [...names] : scopes.flatMap((scope) => names.map((host) => `${scope}/${host}`)),
        tls: renderTls(listener),
      };
    }),
  };
}

/** Clients are sent on to the port that goes without saying, from the one that does: for other ones a route has to say it. */
export function redirectsHere({ kind, port, securePort }: ListenerFacts): boolean {
  return kind === 'redirect' && port === 80 && securePort === 443;
}

function renderTls(listener: ListenerFacts): networking.GatewaySpecServersTls | undefined {
  const { kind, certificate, clients } = listener;
  if (redirectsHere(listener)) return { httpsRedirect: true };
  if (kind === 'passthrough') return { mode: PASSTHROUGH };
  return certificate && { mode: clients ? CLIENTS[clients] : SIMPLE, credentialName: certificate.secretName };
}
