/** What a port says of itself. */
export interface PortWords {
  readonly name?: string;
  readonly number: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

const HTTP: readonly string[] = ['http', 'http2', 'http_proxy', 'grpc'];
const BYTES: readonly string[] = ['tcp', 'udp', 'tls', 'https', 'mongo', 'mysql', 'redis'];
const TLS: readonly string[] = ['tls', 'https'];
/** Every protocol that a port may say. */
export const PROTOCOLS: readonly string[] = [...HTTP, ...BYTES];
// Kubernetes' own words, which no name of a port can be.
const WEB_SOCKETS: Readonly<Record<string, 'http' | 'bytes'>> = {
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'bytes',
};

// Servers there speak first, which a guess by the client's first bytes would hang: Istio takes TCP for granted.
const NEVER_GUESSED: readonly number[] = [25, 53, 3306, 27017];

/** What Istio takes a Service's port to speak: by `appProtocol`, else by the prefix of its name, else it guesses from the first bytes. */
export function speechOf({ name = '', number, protocol, appProtocol }: PortWords): 'http' | 'bytes' | 'guessed' {
  if (protocol !== 'TCP') return 'bytes';
  const said = (appProtocol ?? name).toLowerCase();
  const known = WEB_SOCKETS[appProtocol ?? ''];
  if (known) return known;
  if (said.startsWith('grpc-web')) return 'http';
  const [word] = said.split('-');
  if (HTTP.includes(word)) return 'http';
  return BYTES.includes(word) || NEVER_GUESSED.includes(number) ? 'bytes' : 'guessed';
}

/** Whether Istio takes it to speak TLS of which it knows the server alone that is asked for. A port of a ServiceEntry says so outright. */
export function speaksTls({ name = '', protocol, appProtocol }: PortWords): boolean {
  const [word] = (appProtocol ?? name).toLowerCase().split('-');
  return TLS.includes(protocol.toLowerCase()) || (protocol === 'TCP' && TLS.includes(word));
}

/** Whether a port of a ServiceEntry is read as HTTP: it names its protocol outright. */
export function isHttpProtocol(protocol: string): boolean {
  return [...HTTP, 'grpc-web'].includes(protocol.toLowerCase());
}
