import { needsHttp } from '../../../lib/model/access/condition-facts';

describe('conditions', () => {
  it('on a header want somebody who reads HTTP, and those on addresses do not', () => {
    expect(needsHttp([{ in: 'addresses', blocks: ['10.0.0.7/32'] }])).toBe(false);
    expect(
      needsHttp([
        { in: 'addresses', blocks: [] },
        { in: 'header', name: 'x-tenant', values: ['a'] },
      ]),
    ).toBe(true);
  });
});
