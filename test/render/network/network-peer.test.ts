import { BlockList } from 'node:net';
import { podsOf, renderPeer } from '../../../lib/render/network/network-peer';
import { pods } from '../../builders';

describe('a peer of a NetworkPolicy', () => {
  it('is pods of one namespace, both in one entry: two would mean either', () => {
    const [podLabels, namespaceName] = [{ app: 'cart' }, 'shop'];
    expect(renderPeer({ namespaceName, podLabels })).toEqual([pods('shop', podLabels)]);
    expect(podsOf(namespaceName, podLabels)).toEqual(pods('shop', podLabels));
  });

  it('is any pod of a namespace where its labels are not known', () => {
    expect([renderPeer({ namespaceName: 'shop' }), podsOf('shop')]).toEqual([[pods('shop')], pods('shop')]);
  });

  it('is any pod of the cluster where nobody in particular is meant', () => {
    expect(renderPeer({})).toEqual([{ namespaceSelector: {} }]);
  });

  it.each([
    ['8.8.8.8', true],
    ['172.15.255.255', true],
    ['172.32.0.1', true],
    ['2001:4860:4860::8888', true],
    ['10.255.0.1', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['192.168.255.1', false],
    ['100.127.0.1', false],
    ['169.254.169.254', false],
    ['fd00::1', false],
    ['fe80::1', false],
  ])('is the world outside, with the address %s: %p', (address, within) => {
    expect(renderPeer({ world: true }).some(({ ipBlock }) => holds(ipBlock!, address))).toBe(within);
  });
});

function holds({ cidr, except = [] }: { readonly cidr: string; readonly except?: string[] }, address: string): boolean {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const isIn = (block: string): boolean => {
    const list = new BlockList();
    const [net, bits] = block.split('/');
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
    return list.check(address, family);
  };
  return cidr.includes(':') === (family === 'ipv6') && isIn(cidr) && !except.some(isIn);
}
