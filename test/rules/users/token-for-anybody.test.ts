import type { IssuerFacts } from '../../../lib/model/users/end-user';
import { tokenForAnybody } from '../../../lib/rules/users/token-for-anybody';
import { call, findings, service } from '../model-builder';

const issuer: IssuerFacts = {
  issuer: 'https://id.example.com',
  audiences: ['shop'],
  tokenPlaces: [],
  claimHeaders: {},
  forwardsToken: false,
};
const called = (parts: Partial<IssuerFacts>) =>
  call(service('cart'), service('product'), { path: 'shop/product', user: { issuer: { ...issuer, ...parts }, claims: {} } });

describe(tokenForAnybody.title, () => {
  it('takes tokens for a named audience, and calls without users', () => {
    expect(findings(tokenForAnybody, { calls: [called({}), call(service('cart'), service('product'))] })).toEqual([]);
  });

  it('fails an issuer whose tokens are for anybody, with its reason', () => {
    const calls = [called({ audiences: [], anyAudience: 'its tokens have no aud' })];
    expect(findings(tokenForAnybody, { calls })).toMatchObject([{ on: { path: 'shop/product' }, got: 'reason: its tokens have no aud' }]);
  });
});
