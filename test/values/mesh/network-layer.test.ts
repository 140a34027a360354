import { NetworkLayer } from 'istio-constructs';
import { networkLayerOf } from '../../../lib/values/mesh/network-layer';

describe('the network layer of a closed namespace', () => {
  it('is there unless it is left out by name', () => {
    expect([networkLayerOf(), networkLayerOf(NetworkLayer.CLOSED), networkLayerOf(NetworkLayer.NONE)]).toEqual([
      undefined,
      undefined,
      'none',
    ]);
  });
});
