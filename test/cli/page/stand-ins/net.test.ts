import * as fc from 'fast-check';
import * as node from 'node:net';
import * as page from '../../../../lib/cli/page/stand-ins/net';

const v4 = fc.ipV4();
const v6 = fc.ipV6();
const odd = fc.stringMatching(/^[0-9a-f:.%]{0,24}$/);

describe('addresses in a page', () => {
  it('are those that Node takes for addresses', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6, odd), (text) => {
        expect([text, page.isIP(text), page.isIPv4(text), page.isIPv6(text)]).toEqual([
          text,
          node.isIP(text),
          node.isIPv4(text),
          node.isIPv6(text),
        ]);
      }),
    );
  });

  it.each([
    '1.2.3.4.',
    '01.2.3.4',
    '1.2.3',
    '::',
    '1::2::3',
    ':1:2',
    '::ffff:1.2.3.4',
    '::1.2.3.256',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7:8:9',
    '',
  ])('read %s as Node does', (text) => {
    expect(page.isIP(text)).toBe(node.isIP(text));
  });

  it.each(['ipv4', 'ipv6'] as const)('are in the blocks of %s that Node says', (family) => {
    const address = family === 'ipv4' ? v4 : v6;
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: family === 'ipv4' ? 32 : 128 }), (block, asked, length) => {
        const [ours, theirs] = [new page.BlockList(), new node.BlockList()];
        for (const list of [ours, theirs]) list.addSubnet(block, length, family);
        for (const one of [asked, block]) expect(ours.check(one, family)).toBe(theirs.check(one, family));
      }),
    );
  });
});
