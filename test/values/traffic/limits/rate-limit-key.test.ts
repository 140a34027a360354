import { RateLimitKey } from 'istio-constructs';
import { expectRefusal } from '../../../support/refusal';

describe('a RateLimitKey', () => {
  it('is a header, whatever its case, or the address of the client', () => {
    expect([RateLimitKey.header('X-User')._facts, RateLimitKey.clientAddress()._facts]).toEqual([{ header: 'x-user' }, {}]);
  });

  it.each(['', 'x user', 'x:user', ':path'])('fails for %p, which is no name of a header', (name) => {
    expectRefusal(() => RateLimitKey.header(name), { path: 'RateLimitKey', code: 'MESH007', got: name, fix: 'the header name alone' });
  });

  it('fails for a name that is too long', () => {
    expectRefusal(() => RateLimitKey.header('x'.repeat(257)), {
      path: 'RateLimitKey',
      code: 'MESH070',
      got: `${'x'.repeat(40)}… (257 characters)`,
      fix: 'shorter',
    });
  });
});
