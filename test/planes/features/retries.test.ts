import type { Port } from '../../../lib/model/port';
import type { Retries } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';
import { retries } from '../../rules/model-builder';
import { CART } from './route-context';

const { inRoute, divide, exceeds } = routeFeatures().find(({ key }) => key === 'retries')!;

const fieldsOf = (parts: Partial<Retries>) => inRoute!.istio!(retries(parts), CART);
const port = (appProtocol: string): Port => ({ name: appProtocol, number: 80, targetPort: 8080, appProtocol, readsHttp: true });
const divided = (parts: Partial<Retries>, appProtocol = 'http') =>
  divide!(retries(parts), port(appProtocol)).map(({ methods, value }) => [methods, fieldsOf(value as Retries)]);

const READING = ['GET', 'HEAD', 'OPTIONS'];

describe('retries', () => {
  it('are counted and timed as VirtualService does', () => {
    expect(fieldsOf({ attempts: 3, perTryTimeoutMs: 500, conditions: ['connect-failure', '503'] })).toEqual({
      retries: { attempts: 3, perTryTimeout: '0.5s', retryOn: 'connect-failure,503' },
    });
  });

  it('have a wait and a choice of pods and zones in VirtualService', () => {
    expect(fieldsOf({ backoffMs: 200, ignorePreviousHosts: false, remoteLocalities: true }).retries).toMatchObject({
      backoff: '0.2s',
      retryIgnorePreviousHosts: false,
      retryRemoteLocalities: true,
    });
  });

  it('have no words in HTTPRoute before bundle 1.7, and none for no retries after it', () => {
    expect(inRoute!['gateway-api']!(retries({ attempts: 3 }), CART)).toEqual({});
    expect(inRoute!['gateway-api']!(retries({ attempts: 0 }), { ...CART, bundle: '1.7' })).toEqual({});
  });

  it('are counted and timed as HTTPRoute does from 1.7 on', () => {
    const said = retries({ attempts: 3, perTryTimeoutMs: 500, conditions: ['connect-failure', '503'] });
    expect(inRoute!['gateway-api']!(said, { ...CART, bundle: '1.7' })).toEqual({
      retry: { attempts: 3, codes: [503] },
      timeouts: { backendRequest: '500ms' },
    });
  });

  // istiod makes of every `retry` that it is tried again on connect-failure, refused-stream, unavailable and cancelled, and on its codes.
  it.each<[string, Partial<Retries>, string, boolean]>([
    ['what istiod adds, and statuses', { conditions: ['connect-failure', 'refused-stream', '503'] }, 'http', true],
    ['the same with words of gRPC, on a port without', { conditions: ['connect-failure', 'refused-stream', 'unavailable'] }, 'http', true],
    ['no word of gRPC on a port that speaks it', { conditions: ['connect-failure', 'refused-stream'] }, 'grpc', false],
    [
      'every word that istiod adds',
      { conditions: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'], idempotent: true },
      'grpc',
      true,
    ],
    ['fewer words than istiod adds', { conditions: ['503'] }, 'http', false],
    ['another word', { conditions: ['connect-failure', 'refused-stream', 'reset'] }, 'http', false],
    ['a wait', { conditions: ['connect-failure', 'refused-stream'], backoffMs: 5 }, 'http', false],
    ['the same pod again', { conditions: ['connect-failure', 'refused-stream'], ignorePreviousHosts: false }, 'http', false],
    ['other zones', { conditions: ['connect-failure', 'refused-stream'], remoteLocalities: true }, 'http', false],
    ['none', { attempts: 0 }, 'http', false],
  ])('are an HTTPRoute’s from 1.7 on: %s', (_, parts, protocol, isSaid) => {
    const isTooMuch = exceeds!['gateway-api']!;
    expect(isTooMuch(retries(parts), port(protocol), '1.7')).toBe(!isSaid);
    expect(isTooMuch(retries(parts), port(protocol))).toBe(true);
  });

  it('are of all methods alike where nothing was processed, or where that does no harm', () => {
    const safe = ['connect-failure', 'refused-stream', 'reset-before-request'];
    expect(divided({ conditions: safe })).toEqual([[undefined, { retries: { attempts: 2, retryOn: safe.join(',') } }]]);
    expect(divided({ conditions: ['5xx'], idempotent: true })).toEqual([[undefined, { retries: { attempts: 2, retryOn: '5xx' } }]]);
  });

  // Envoy's reset may come after the request was processed, its reset-before-request may not.
  it.each([
    ['reset', 'reset-before-request'],
    ['5xx', 'connect-failure,refused-stream,reset-before-request'],
    ['connect-failure,gateway-error', 'connect-failure'],
  ])('of methods that change something are, of %s, only on %s', (asked, kept) => {
    expect(divided({ conditions: asked.split(',') })).toEqual([
      [READING, { retries: { attempts: 2, retryOn: asked } }],
      [undefined, { retries: { attempts: 2, retryOn: kept } }],
    ]);
  });

  // Left out, Istio would retry twice by itself.
  it('are said to be none where none are left, or asked for', () => {
    expect(divided({ conditions: ['gateway-error'] })[1]).toEqual([undefined, { retries: { attempts: 0 } }]);
    expect(divided({ attempts: 0, conditions: ['5xx'] })).toEqual([[undefined, { retries: { attempts: 0 } }]]);
  });

  // Every gRPC request is a POST.
  it('are of gRPC never those of methods that only read', () => {
    expect(divided({ conditions: ['connect-failure', '503'] }, 'grpc')).toEqual([
      [undefined, { retries: { attempts: 2, retryOn: 'connect-failure' } }],
    ]);
  });
});
