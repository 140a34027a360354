import type { Port } from '../../../lib/model/port';
import type { Retries } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';
import { retries } from '../../rules/model-builder';
import { CART } from './route-context';

const { inRoute, divide } = routeFeatures().find(({ key }) => key === 'retries')!;

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

  it('have no words in the standard channel of the Gateway API', () => {
    expect(Object.keys(inRoute!)).toEqual(['istio']);
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
