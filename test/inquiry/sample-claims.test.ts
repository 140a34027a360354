import { claimsLike } from '../../lib/inquiry/sample-claims';

describe('claims that have what is asked of them', () => {
  it('stand inside each other as names in brackets do', () => {
    const wanted = { '[role]': ['clerk', 'boss'], '[realm][roles]': ['staff-*'], '[realm][name]': ['*'] };
    expect(claimsLike(wanted)).toEqual({ role: 'clerk', realm: { roles: 'staff-x', name: 'x' } });
  });

  it('are none where none is asked for', () => {
    expect(claimsLike({})).toEqual({});
  });
});
