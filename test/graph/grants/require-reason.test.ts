import { newChart } from '../../builders';
import { ANYONE } from '../../../lib/graph/anyone';
import { requireReason } from '../../../lib/graph/grants/require-reason';

const MANY = { ...ANYONE, name: 'all of namespace billing' };

describe('the reason of a grant to many', () => {
  it('is whatever somebody can read', () => {
    expect(() => requireReason(newChart(), MANY, 'reads prices')).not.toThrow();
  });

  it.each([
    [undefined, 'all of namespace billing, without reason'],
    ['  ', 'all of namespace billing, with an empty reason'],
  ])('fails as %p', (reason, got) => {
    expect(() => requireReason(newChart(), MANY, reason)).toThrow(`got: ${got}`);
  });
});
