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

/** Whether a port of a ServiceEntry is read as HTTP: it names its protocol outright. */
export function isHttpProtocol(protocol: string): boolean {
  return [...HTTP, 'grpc-web'].includes(protocol.toLowerCase());
}

/** Whether clients speak TLS of their own there, by whose server name proxies route: what a port of a Service says, or the protocol of a ServiceEntry's. */
export function isTlsPort(kind: 'Service' | 'ServiceEntry', { name = '', protocol, appProtocol }: Omit<PortWords, 'number'>): boolean {
  const said = kind === 'Service' ? (appProtocol ?? name).split('-')[0] : protocol;
  return TLS.includes(said.toLowerCase());
}
