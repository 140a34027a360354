import { isHttpProtocol, isTlsPort, type PortWords, speechOf } from '../../../lib/cluster/services/protocols';

const speech = (words: Partial<PortWords>) => speechOf({ number: 8080, protocol: 'TCP', ...words });

describe('a port', () => {
  it.each([
    [{ name: 'http' }, 'http'],
    [{ name: 'http-web' }, 'http'],
    [{ name: 'HTTP2' }, 'http'],
    [{ name: 'grpc' }, 'http'],
    [{ name: 'grpc-web' }, 'http'],
    [{ name: 'grpcweb' }, 'guessed'],
    [{ name: 'tcp-db' }, 'bytes'],
    [{ name: 'https' }, 'bytes'],
    [{ name: 'mysql' }, 'bytes'],
    [{ name: 'web' }, 'guessed'],
    [{}, 'guessed'],
    [{ number: 3306 }, 'bytes'],
    [{ name: 'web', number: 25 }, 'bytes'],
    [{ name: 'http', number: 25 }, 'http'],
    [{ name: 'http', appProtocol: 'tcp' }, 'bytes'],
    [{ name: 'tcp', appProtocol: 'http' }, 'http'],
    [{ name: 'http', appProtocol: 'unheard-of' }, 'guessed'],
    [{ appProtocol: 'kubernetes.io/h2c' }, 'http'],
    [{ appProtocol: 'kubernetes.io/wss' }, 'bytes'],
    [{ name: 'http', protocol: 'UDP' }, 'bytes'],
  ])('speaks by its words: %j', (words, expected) => {
    expect(speech(words)).toBe(expected);
  });

  it('has clients speak TLS of their own by its name, or its protocol in a ServiceEntry', () => {
    const of = (kind: 'Service' | 'ServiceEntry', words: Partial<PortWords>) => isTlsPort(kind, { protocol: 'TCP', ...words });
    expect([{ name: 'tls' }, { name: 'https-web' }, { name: 'tcp', appProtocol: 'https' }].map((words) => of('Service', words))).toEqual([
      true,
      true,
      true,
    ]);
    expect([{ name: 'tcp' }, {}, { name: 'tls', appProtocol: 'tcp' }].map((words) => of('Service', words))).toEqual([false, false, false]);
    expect(['TLS', 'HTTPS', 'TCP'].map((protocol) => of('ServiceEntry', { name: 'tls', protocol }))).toEqual([true, true, false]);
  });

  it('of a ServiceEntry speaks what its protocol says', () => {
    expect(['HTTP', 'GRPC', 'grpc-web', 'TLS', 'HTTPS', 'TCP', ''].map(isHttpProtocol)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
