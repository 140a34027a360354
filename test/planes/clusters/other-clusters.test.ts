import { comingFrom, goingTo } from '../../../lib/planes/clusters/other-clusters';

const cluster = (name: string, facts: object = {}) => ({ name, podCidrs: [], gatewayAddresses: [], ...facts });
const EAST = cluster('east', { network: 'near' });
const HOP = { from: { key: 'cart', namespaceName: 'shop' }, to: { key: 'product', namespaceName: 'shop' }, networkPorts: [8080, 15008] };
const CHECKED = { ...HOP, enforcement: { attachment: { selector: {} }, namespaceName: 'shop', readsHttp: false } };

describe('a connection with another cluster', () => {
  it('that comes from another network is checked once, whichever gateway it comes by', () => {
    const hops = comingFrom(CHECKED, cluster('west', { network: 'far' }), { cluster: EAST, rootNamespace: 'mesh' });
    expect(hops.map(({ from, networkPorts, enforcement }) => [from.namespaceName, networkPorts, enforcement !== undefined])).toEqual([
      ['mesh', [8080], true],
      ['mesh', [15008], false],
    ]);
  });

  it('that comes from the same network is what it was, from other addresses', () => {
    const west = cluster('west', { network: 'near', podCidrs: ['10.8.0.0/14'] });
    const [hop, ...others] = comingFrom(CHECKED, west, { cluster: EAST, rootNamespace: 'mesh' });
    expect(hop).toEqual({ ...CHECKED, from: { world: true, blocks: ['10.8.0.0/14'] } });
    expect(others).toEqual([]);
  });

  it('that goes to another network goes to the ports of its gateway, of which a name is no address', () => {
    const west = cluster('west', { network: 'far', gatewayAddresses: ['203.0.113.20', '2001:db8::20', 'west.example.com'] });
    expect(goingTo(HOP, west, EAST)).toEqual([
      { ...HOP, to: { world: true, blocks: ['203.0.113.20/32', '2001:db8::20/128'] }, networkPorts: [15443, 15008] },
    ]);
  });

  it('opens nothing where nobody says the addresses, and says what is missing', () => {
    const names = cluster('west', { network: 'far', gatewayAddresses: ['west.example.com'] });
    expect(goingTo(HOP, names, EAST)).toMatchObject([{ networkPorts: [], unplaced: { cluster: 'west', lacks: 'gatewayAddresses' } }]);
    const flat = cluster('west', { network: 'near' });
    expect(comingFrom(HOP, flat, { cluster: EAST, rootNamespace: 'mesh' })).toMatchObject([
      { networkPorts: [], unplaced: { cluster: 'west', lacks: 'podCidrs' } },
    ]);
  });
});
