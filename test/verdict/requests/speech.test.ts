import { speaksTls } from '../../../lib/verdict/requests/speech';
import { cluster, service, serviceEntry } from '../fixtures';

describe('what a client speaks', () => {
  const known = cluster(
    service('named', 'app: a', { port: '{name: https-main, port: 80}' }),
    service('said', 'app: a', { port: '{name: http, port: 80, appProtocol: tls}' }),
    service('odd', 'app: a', { port: '{name: main, port: 443}' }),
    serviceEntry(),
  );
  const to = (name: string, port: number) => ({ host: `${name}.shop.svc.cluster.local`, port });

  it('is TLS where the port says so', () => {
    expect([to('named', 80), to('said', 80), to('odd', 443)].map((one) => speaksTls(known, one))).toEqual([true, true, false]);
    expect(speaksTls(known, { host: 'api.cards.example.com', port: 443 })).toBe(true);
  });

  it('is TLS on its usual port of a host that nobody describes, and not to an address', () => {
    expect([443, 80].map((port) => speaksTls(known, { host: 'example.org', port }))).toEqual([true, false]);
    expect(speaksTls(known, { address: '10.0.0.7', port: 443 })).toBe(false);
  });
});
