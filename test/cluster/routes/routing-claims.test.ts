import { claimNames, isLikeClaim } from '../../../lib/cluster/routes/routing-claims';

describe('claims in routes', () => {
  it.each([
    ['@request.auth.claims.group', ['group']],
    ['@request.auth.claims.group.id', ['group', 'id']],
    ['@Request.Auth.Claims[Group][https://x.example.com/id]', ['Group', 'https://x.example.com/id']],
  ])('are read from %s', (header, names) => {
    expect(claimNames(header)).toEqual(names);
  });

  it.each(['x-user', '@request.auth.claims', '@request.auth.claims.', '@request.auth.claims[]', '@request.auth.claims[a'])(
    'are not read from %s',
    (header) => {
      expect(claimNames(header)).toBeUndefined();
    },
  );

  it('are known by how they begin', () => {
    expect(['@request.auth.claims', '@REQUEST.AUTH.CLAIMS.a', 'x-user'].map(isLikeClaim)).toEqual([true, true, false]);
  });
});
