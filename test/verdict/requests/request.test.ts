import { lineOf } from '../../../lib/verdict/requests/request';

describe('a request', () => {
  it('reads / where it says nothing else', () => {
    const ends = { from: { workload: 'shop/web' }, to: { host: 'cart', port: 80 } };
    expect(lineOf(ends)).toEqual({ method: 'GET', path: '/', headers: {} });
    expect(lineOf({ ...ends, method: 'PUT', path: '/a', headers: { x: '1' } })).toEqual({ method: 'PUT', path: '/a', headers: { x: '1' } });
  });
});
