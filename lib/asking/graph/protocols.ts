import { speechOf } from '../../cluster/services/protocols';
import type { MeshService, ServicePort } from '../../cluster/services/services';

const OUTRIGHT: Readonly<Record<string, string>> = {
  HTTP: 'HTTP',
  HTTP2: 'HTTP',
  HTTP_PROXY: 'HTTP',
  GRPC: 'gRPC',
  'GRPC-WEB': 'gRPC',
  HTTPS: 'TLS',
  TLS: 'TLS',
};

/** What the port of a Service speaks, as its names and words say. */
export function protocolOf({ kind }: Pick<MeshService, 'kind'>, port: ServicePort): string {
  if (kind === 'ServiceEntry') return outright(port.protocol);
  const said = (port.appProtocol ?? port.name ?? '').toLowerCase();
  const speech = speechOf(port);
  if (speech === 'guessed') return 'guessed';
  if (speech === 'http') return said.startsWith('grpc') ? 'gRPC' : 'HTTP';
  return ['https', 'tls'].includes(said.split('-')[0]) || said === 'kubernetes.io/wss' ? 'TLS' : 'TCP';
}

/** What a word means that names a protocol and nothing else, as Gateways and ServiceEntries have it. */
export function outright(protocol: string): string {
  return OUTRIGHT[protocol.toUpperCase()] ?? 'TCP';
}
