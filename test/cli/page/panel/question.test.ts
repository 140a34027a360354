import { questionIn, type Written } from '../../../../lib/cli/page/panel/question';

const EMPTY: Written = { from: '', to: '', method: '', path: '', headers: '', claims: '', issuer: '', audience: '' };
const asked = (written: Partial<Written>): unknown => questionIn({ ...EMPTY, from: 'cart', to: 'product', ...written });

describe('what stands in the form', () => {
  it('is a question, in which nothing is said that was left out', () => {
    expect(asked({})).toEqual({ caller: 'cart', callee: 'product' });
    expect(
      asked({
        method: 'POST',
        path: '/products',
        headers: 'x-tenant: acme\n\nx-empty:',
        claims: 'role=clerk\nrole=admin\nurl=a=b',
        issuer: 'me',
        audience: 'a, b',
      }),
    ).toEqual({
      caller: 'cart',
      callee: 'product',
      method: 'POST',
      path: '/products',
      headers: { 'x-tenant': 'acme', 'x-empty': '' },
      claims: { role: ['clerk', 'admin'], url: ['a=b'] },
      issuer: 'me',
      audiences: ['a', 'b'],
    });
  });

  it.each<[Partial<Written>, string]>([
    [{ from: '' }, 'Say who calls, and whom.'],
    [{ path: 'products' }, 'A path begins with a slash, and products does not.'],
    [{ headers: 'tenant' }, 'Write a header in each line, for example x-tenant: acme'],
    [{ claims: 'clerk' }, 'Write a claim in each line, for example role=clerk'],
  ])('is told of where it is none: %j', (written, said) => {
    expect(asked(written)).toBe(said);
  });
});
