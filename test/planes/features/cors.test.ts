import type { CorsFacts } from '../../../lib/model/route-features';
import { type Fields, routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, holdsForAnswers } = routeFeatures().find(({ key }) => key === 'cors')!;

const said = (parts: Partial<CorsFacts> = {}): CorsFacts => ({
  allowOrigins: ['https://a.com'],
  allowMethods: [],
  allowHeaders: [],
  exposeHeaders: [],
  allowCredentials: false,
  maxAgeSeconds: 5,
  ...parts,
});

const policy = (parts: Partial<CorsFacts>): Fields => inRoute!.istio!(said(parts), CART).corsPolicy as Fields;

describe('a policy for browsers', () => {
  it('says the same in both APIs, and nothing of what is empty', () => {
    expect(policy({ allowMethods: ['PUT'], allowCredentials: true })).toEqual({
      allowOrigins: [{ exact: 'https://a.com' }],
      allowMethods: ['PUT'],
      allowCredentials: true,
      maxAge: '5s',
      unmatchedPreflights: 'IGNORE',
    });
    const cors = { allowOrigins: ['https://a.com'], allowMethods: ['PUT'], allowCredentials: true, maxAge: 5 };
    expect(inRoute!['gateway-api']!(said({ allowMethods: ['PUT'], allowCredentials: true }), CART)).toEqual({
      filters: [{ type: 'CORS', cors }],
    });
  });

  it.each([
    ['https://*.a.com', ['https://x.a.com', 'https://x.y.a.com'], ['https://a.com', 'https://x.a.com.evil.com', 'https://evil.com/.a.com']],
    ['*', ['http://localhost:3000', 'https://a.com'], ['null', '']],
    ['https://*:8443', ['https://a.com:8443'], ['https://a.com', 'http://a.com:8443']],
  ])('reads the origin %s as names alone', (origin, allowed, refused) => {
    const [{ regex }] = policy({ allowOrigins: [origin] }).allowOrigins as Array<{ regex: string }>;
    const takes = (one: string): boolean => new RegExp(`^(?:${regex})$`).test(one);
    expect([allowed.filter(takes), refused.filter(takes)]).toEqual([allowed, []]);
  });

  it('is told to browsers that are sent elsewhere, too', () => {
    expect(holdsForAnswers).toBe(true);
  });
});
