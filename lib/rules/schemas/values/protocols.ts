import { PROTOCOLS } from '../../../cluster/services/protocols';

const KNOWN: readonly string[] = [...PROTOCOLS, 'grpc-web'];
const HTTP: readonly string[] = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'];

/** What a port of Istio's own kinds says to speak, in small letters. */
export function protocolOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

export function isNoProtocol(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !KNOWN.includes(protocolOf(value));
}

export function speaksHttp(value: unknown): boolean {
  return HTTP.includes(protocolOf(value));
}

export function speaksTls(value: unknown): boolean {
  return ['https', 'tls'].includes(protocolOf(value));
}
