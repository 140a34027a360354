import { mayMeet } from '../../../../lib/rules/outside/reach/address-blocks';

describe('addresses that are open for somebody', () => {
  it.each([
    ['all public ones, and a host anywhere', undefined, undefined],
    ['all public ones, and a host at one of them', undefined, ['203.0.113.7/32']],
    ['all there are, and a host anywhere', ['0.0.0.0/0'], undefined],
    ['a wide block of IPv6, and a host anywhere', ['2000::/3'], undefined],
    ['a block that holds the host', ['10.0.0.0/8'], ['10.1.2.3/32']],
    ['an address within the block of the host', ['fd00::7/128'], ['fd00::/64']],
  ])('may be those of a host: %s', (_, open, host) => {
    expect(mayMeet(open, host)).toBe(true);
  });

  it.each([
    ['all public ones, and a host at a private one', undefined, ['10.1.2.3/32']],
    ['private ones, and a host anywhere', ['10.0.0.0/8'], undefined],
    ['a block of somebody, and a host anywhere', ['203.0.113.0/24'], undefined],
    ['blocks of two', ['10.0.0.0/16'], ['10.1.0.0/16']],
    ['blocks of two families', ['0.0.0.0/0'], ['fd00::/8']],
  ])('are not those of a host: %s', (_, open, host) => {
    expect(mayMeet(open, host)).toBe(false);
  });
});
