import type { RedirectFacts } from '../../../lib/model/route-features';
import { type Fields, routeFeatures } from '../../../lib/planes/features';
import type { PathMatch } from '../../../lib/planes/shaping/path-change';
import { CART } from './route-context';

const { inRoute, lacksWords, byPath, answers } = routeFeatures().find(({ key }) => key === 'redirect')!;
const at = (value: string, type: PathMatch['type'] = 'PathPrefix'): PathMatch => ({ type, value });
const START = { statusCode: 302, path: { replaces: 'matched', value: '/basket' } } as const;

function written(api: 'istio' | 'gateway-api', said: RedirectFacts, place?: PathMatch): Fields {
  return inRoute![api]!(said, { ...CART, named: place && at('/cart'), at: place });
}

describe('a redirect', () => {
  it('keeps the port of a request as HTTPRoute does, unless its scheme brings another', () => {
    const portOf = (said: Partial<RedirectFacts>): unknown =>
      (written('istio', { statusCode: 302, ...said }).redirect as Fields).derivePort;
    expect([portOf({ host: 'a' }), portOf({ scheme: 'https' }), portOf({ port: 8443 })]).toEqual([
      'FROM_REQUEST_PORT',
      'FROM_PROTOCOL_DEFAULT',
      undefined,
    ]);
  });

  it.each<[PathMatch | undefined, Fields]>([
    [at('/cart', 'Exact'), { uri: '/basket' }],
    [at('/cart/'), { prefixRewrite: '/basket/' }],
    [undefined, { prefixRewrite: '/basket/' }],
  ])('writes another beginning for the path itself and for what is below: %j', (place, fields) => {
    expect(written('istio', START, place)).toEqual({
      redirect: { ...fields, redirectCode: 302, derivePort: 'FROM_REQUEST_PORT' },
    });
  });

  it('is a filter of HTTPRoute, which writes a prefix by itself', () => {
    const path = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/basket' };
    expect(written('gateway-api', START, at('/cart'))).toEqual({
      filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 302, path } }],
    });
    expect(lacksWords!('gateway-api', START, { named: at('/'), at: at('/') })).toBe(true);
  });

  it('is an answer, and in a VirtualService two routes for each prefix', () => {
    expect([answers, byPath!(START, 'istio'), byPath!(START, 'gateway-api')]).toEqual([true, 'uri', 'path']);
    expect(byPath!({ statusCode: 302, host: 'a' }, 'istio')).toBeUndefined();
  });
});
