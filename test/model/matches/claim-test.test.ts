import { claimsAsked, claimTest } from '../../../lib/model/matches/claim-test';

const match = (...headers: ReturnType<typeof claimTest>[]) => ({ headers, queryParams: [] });

describe('claims in matches', () => {
  it('stand in the place of a header, in the words of Istio', () => {
    expect(claimTest('[realm_access][roles]', 'clerk')).toEqual({
      name: '@request.auth.claims[realm_access][roles]',
      type: 'Exact',
      value: 'clerk',
    });
  });

  it('are named once each, and headers are none', () => {
    const header = { name: 'x-role', type: 'Exact', value: 'clerk' } as const;
    expect(claimsAsked([match(claimTest('[role]', 'a'), header), match(claimTest('[role]', 'b'), claimTest('[group]', 'c'))])).toEqual([
      '[group]',
      '[role]',
    ]);
  });
});
