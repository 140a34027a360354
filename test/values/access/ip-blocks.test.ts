import { IpBlocks } from 'istio-constructs';

describe('IP blocks', () => {
  it('are listed once, in order, and a single address is a block of one', () => {
    expect(IpBlocks.ofPeers('10.2.0.7', '10.1.0.0/16', '10.2.0.7/32', '2001:db8::1').blocks).toEqual([
      '10.1.0.0/16',
      '10.2.0.7/32',
      '2001:db8::1/128',
    ]);
  });

  it.each(['10.0.0', '10.0.0.0/33', '10.0.0.0/8,10.1.0.0/16', 'office', 'fe80::1%eth0', ''])('fail with %s, which is none', (block) => {
    expect(() => IpBlocks.ofPeers(block)).toThrow(/MESH031/);
  });

  it.each(['0.0.0.0/0', '::/0'])('fail with %s, which tells nobody from anybody', (block) => {
    expect(() => IpBlocks.ofClients('10.0.0.0/8', block)).toThrow(/MESH854/);
  });

  it('fail without any', () => {
    expect(() => IpBlocks.ofClients()).toThrow(/MESH855/);
  });
});
