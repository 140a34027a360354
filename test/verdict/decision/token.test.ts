import { claimTexts } from '../../../lib/verdict/decision/token';

describe('a claim', () => {
  const token = { issuer: 'https://id.example.com', subject: 'ann', claims: { group: { id: ['a', 7, 'b'] }, role: 'clerk' } };

  it('is a text, or a list of them', () => {
    expect(claimTexts(token, ['role'])).toEqual(['clerk']);
    expect(claimTexts(token, ['group', 'id'])).toEqual(['a', 'b']);
    expect(claimTexts(token, ['sub'])).toEqual(['ann']);
  });

  it('has no text where there is none', () => {
    expect(claimTexts(token, ['group'])).toEqual([]);
    expect(claimTexts(token, ['role', 'id'])).toEqual([]);
    expect(claimTexts(undefined, ['role'])).toEqual([]);
  });
});
