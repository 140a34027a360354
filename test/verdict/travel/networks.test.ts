import { decide } from '../../../lib/verdict/decide';
import { inAnotherNetwork } from '../../../lib/verdict/travel/networks';
import { tryWorkload } from '../../../lib/cluster/workloads/workloads';
import * as made from '../fixtures';

const SHOP = made.namespace('shop', made.SIDECAR);
const VM = made.service('vm', 'app: vm');
const at = (address: string, network = '') =>
  made.workloadEntry('vm-1', `${address}${network && `network: ${network}, `}serviceAccount: vm, labels: {app: vm}`);
const GATEWAY = made.service('far', 'app: far', { labels: 'topology.istio.io/network: far' });
const why = (...pieces: string[]) => {
  const mesh = made.cluster(SHOP, VM, ...pieces);
  return inAnotherNetwork(mesh, tryWorkload(mesh, 'shop/vm-1')!);
};

describe('a machine in another network', () => {
  it('is reached by its address where no gateway is known to lead there', () => {
    expect([
      why(at('address: 10.9.0.1, ')),
      why(at('address: 10.9.0.1, ', 'far')),
      why(at('address: 10.9.0.1, ', 'near'), GATEWAY),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('is nowhere that anybody could tell behind gateways, or without an address', () => {
    const far = 'WorkloadEntry shop/vm-1 is in network far, which gateways lead to';
    expect([why(at('address: 10.9.0.1, ', 'far'), GATEWAY), why(at('', 'far'))]).toEqual([far, far]);
    expect(why(at(''))).toBe('WorkloadEntry shop/vm-1 has no address');
    expect(decide(made.cluster(SHOP, VM, at('', 'far')), made.get({ from: made.sidecarWeb, to: made.toService('vm') })).unknown).toBe(far);
  });
});
