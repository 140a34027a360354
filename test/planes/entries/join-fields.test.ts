import { joinFields } from '../../../lib/planes/entries/join-fields';

describe('what several features write into one route', () => {
  it('joins objects key by key, and lists one after the other', () => {
    const parts = [
      { filters: [1], headers: { request: { set: { a: 'x' } } } },
      { filters: [2], headers: { request: { set: { b: 'y' } } }, timeout: '5s' },
    ];
    expect(joinFields(parts)).toEqual({ filters: [1, 2], headers: { request: { set: { a: 'x', b: 'y' } } }, timeout: '5s' });
  });

  it('has the last word of all else', () => {
    expect(joinFields([{ timeout: '5s' }, { timeout: '3s' }, {}])).toEqual({ timeout: '3s' });
  });
});
