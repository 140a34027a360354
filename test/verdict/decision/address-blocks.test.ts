import { doMeet, inBlock, isWithin } from '../../../lib/verdict/decision/address-blocks';

describe('an address block', () => {
  it.each([
    ['10.0.0.0/8', '10.244.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['0.0.0.0/0', '93.184.216.34', true],
    ['169.254.7.127/32', '169.254.7.127', true],
    ['169.254.7.127', '169.254.7.126', false],
    ['::/0', '93.184.216.34', false],
    ['fc00::/7', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff', true],
    ['fe80::/10', 'fd16::1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
    ['10.0.0.0/x', '10.0.0.1', false],
    ['10.0.0/8', '10.0.0.1', false],
    ['10.0.0.999/8', '10.0.0.1', false],
    ['fc00::1::2/7', 'fd16::1', false],
    ['fc00:1/7', 'fd16::1', false],
    ['', '10.0.0.1', false],
    ['10.0.0.0/8', 'nobody', false],
  ])('%s against %s', (block, address, expected) => {
    expect(inBlock(block, address)).toBe(expected);
  });
});

describe('two blocks', () => {
  it.each([
    ['10.20.1.0/24', '10.20.0.0/16', true, true],
    ['10.20.0.0/16', '10.20.1.0/24', false, true],
    ['10.20.1.0/24', '10.20.1.0/24', true, true],
    ['10.20.1.7', '10.20.1.0/24', true, true],
    ['10.20.1.0/24', '0.0.0.0/0', true, true],
    ['10.20.1.0/24', '10.21.0.0/16', false, false],
    ['fd00:1::/64', 'fd00::/8', true, true],
    ['10.20.1.0/24', '::/0', false, false],
    ['10.20.1.0/24', 'nonsense', false, false],
  ])('%s and %s', (one, other, within, meeting) => {
    expect([isWithin(one, other), doMeet(one, other)]).toEqual([within, meeting]);
  });
});
