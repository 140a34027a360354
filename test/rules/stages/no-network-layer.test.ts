import { noNetworkLayer } from '../../../lib/rules/stages/no-network-layer';
import { findings, namespace } from '../model-builder';

describe(noNetworkLayer.title, () => {
  it('tells of a namespace that leaves it out', () => {
    const namespaces = [namespace('shop', 'ambient', { zeroTrust: true, networkLayer: 'none' })];
    expect(findings(noNetworkLayer, { namespaces })).toMatchObject([
      { on: { path: 'shop/shop' }, got: 'networkPolicy: NetworkLayer.NONE' },
    ]);
  });

  it('takes one that has it, and one that somebody else makes', () => {
    const namespaces = [
      namespace('shop', 'sidecar', { zeroTrust: true }),
      namespace('web', 'sidecar', { zeroTrust: true, networkLayer: 'none', owned: false }),
    ];
    expect(findings(noNetworkLayer, { namespaces })).toEqual([]);
  });
});
