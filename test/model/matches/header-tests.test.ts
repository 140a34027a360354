import { headerTests } from '../../../lib/model/matches/header-tests';

describe('what a match asks of headers', () => {
  const headers = [{ name: 'x', type: 'Exact', value: '1' } as const];

  it('is its headers', () => {
    expect(headerTests({ headers, queryParams: [] })).toEqual(headers);
  });

  it('has all cookies in one header', () => {
    const cookies = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    const [first, cookie, ...others] = headerTests({ headers, queryParams: [], cookies });
    expect([first, others]).toEqual([headers[0], []]);
    expect(cookie).toMatchObject({ name: 'cookie', type: 'RegularExpression' });
    expect('b=2; a=1').toMatch(new RegExp(cookie.value));
  });
});
