import type { Construct } from 'constructs';
import type { ExternalAuthorizer } from '../../../graph/grants/external-authorizer';
import type { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { ProviderFacts } from '../../../model/observability/provider';
import { speaksGrpc } from '../../../model/retry-safety';

/** Entries of `extensionProviders` by which proxies know whom to ask, and how. */
export function authorizerEntries(at: Construct, graph: MeshGraph, authorizers: readonly ExternalAuthorizer[] = []): ProviderFacts[] {
  return authorizers.map(({ provider, service, _port }) => {
    const { ports, host = '' } = partyOf(at, service, graph);
    const port = ports.find(({ number }) => number === _port) ?? ports[0];
    const place = { service: host, port: port.number };
    return { name: provider, entry: { [speaksGrpc(port) ? 'envoyExtAuthzGrpc' : 'envoyExtAuthzHttp']: place } };
  });
}
