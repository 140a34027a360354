import { staysBehindGateway } from '../../../lib/rules/migration/stays-behind-gateway';
import { call, findings, namespaceState, other, service } from '../model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const moving = { migration: { wave: 1 } };
const cards = (parts = {}) =>
  other('external', 'cards', {
    host: 'cards.example.com',
    through,
    namespaceName: 'egress',
    namespace: namespaceState('egress', 'ambient', moving),
    ...parts,
  });
const found = (caller = service('web'), callee = cards()) => findings(staysBehindGateway, { calls: [call(caller, callee)] });

describe(staysBehindGateway.title, () => {
  it('is one that keeps its sidecar', () => {
    expect(found()).toMatchObject([
      {
        message:
          'shop/web has no way through the egress gateway egress/out once egress is in ambient mode alone: sidecars pass waypoints by',
        fix: 'move shop as well, before migration is left out of egress',
      },
    ]);
  });

  it('is none that moves or has moved, and none where the gateway stays', () => {
    expect(found(service('web', { namespace: namespaceState('shop', 'sidecar', moving) }))).toEqual([]);
    expect(found(service('web', { namespace: namespaceState('shop', 'ambient') }))).toEqual([]);
    expect(found(service('web'), cards({ namespace: namespaceState('egress', 'sidecar') }))).toEqual([]);
    expect(found(service('web'), cards({ through: undefined }))).toEqual([]);
  });
});
