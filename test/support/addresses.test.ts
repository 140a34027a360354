import { Deferred, DnsPeer, Infrastructure } from 'istio-constructs';
import { blocksOverlap, canonicalAddress } from '../../lib/support/addresses';
import { expectRefusal } from './refusal';

describe('a block of addresses', () => {
  it.each(['10.0.0.10/32', '0.0.0.0/0', 'fd00::10/128', '::/0', '2001:0db8::/32', '10.0.0.0/8', Deferred.text(1)])('may be %p', (cidr) => {
    expect(() => [Infrastructure.of({ apiServerCidr: cidr }), DnsPeer.nodeLocal(cidr)]).not.toThrow();
  });

  it.each([
    '',
    'nonsense',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0/24',
    '300.0.0.1/32',
    'fd00::/129',
    'example.com/32',
    '10.0.0.0/08',
    '10.0.0.0/00',
    '010.0.0.1/32',
    'fe80::1%eth0/64',
    'fe80::1%1/128',
    ' 10.0.0.1/32',
  ])('fails for %p', (cidr) => {
    const refusal = { code: 'MESH031', fix: '10.0.0.1/32', got: cidr === cidr.trim() ? cidr : `'${cidr}'` };
    expectRefusal(() => Infrastructure.of({ apiServerCidr: cidr }), { ...refusal, path: 'Infrastructure' });
    expectRefusal(() => DnsPeer.nodeLocal(cidr), { ...refusal, path: 'DnsPeer' });
  });
});

describe('two blocks of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3/32', true],
    ['10.1.2.3/32', '10.0.0.0/8', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['fd00::/8', 'fd00::7/128', true],
    ['0.0.0.0/0', '::/0', false],
    ['10.0.0.0/8', Deferred.text(1), false],
  ])('%p and %p: share addresses is %p', (one, other, expected) => {
    expect(blocksOverlap(one, other)).toBe(expected);
  });
});

describe('an address', () => {
  it.each([
    ['FD00:0::0005', 'fd00::5'],
    ['fd00:0:0:0:0:0:0:5', 'fd00::5'],
    ['10.20.0.5', '10.20.0.5'],
  ])('has one way in which it is written: %s', (address, written) => {
    expect(canonicalAddress(address)).toBe(written);
  });
});
