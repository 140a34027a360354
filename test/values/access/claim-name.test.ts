import { claimName } from '../../../lib/values/access/claim-name';
import { expectRefusal } from '../../support/refusal';

describe('the name of a claim', () => {
  it.each([
    ['role', '[role]'],
    ['[role]', '[role]'],
    ['[realm_access][roles]', '[realm_access][roles]'],
    ['https://example.com/role', '[https://example.com/role]'],
  ])('%s is %s to Istio', (said, written) => {
    expect(claimName('EndUser', said)).toBe(written);
  });

  it.each([
    ['', 'a claim without a name'],
    ['a[b]', 'a[b]'],
    ['[]', '[]'],
    ['[a]b', '[a]b'],
  ])('%p is none', (said, got) => {
    expectRefusal(() => claimName('RequestMatch', said), { code: 'MESH806', path: 'RequestMatch', fix: 'role', got });
  });
});
