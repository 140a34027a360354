import type { CallModel } from '../../../lib/model/mesh-model';
import type { MigrationFacts } from '../../../lib/model/namespace-facts';
import type { Party } from '../../../lib/model/party';
import { movingEgressGateway } from '../../../lib/rules/migration/moving-egress-gateway';
import { call, findings, hop, namespaceState, other, service } from '../model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const cards = (mode: 'sidecar' | 'ambient', migration?: MigrationFacts): Party =>
  other('external', 'cards', {
    host: 'cards.example.com',
    through,
    namespaceName: 'egress',
    namespace: namespaceState('egress', mode, { migration }),
  });
const web = (migration?: MigrationFacts, at = 'shop'): Party =>
  service('web', { wave: migration && 2, namespace: namespaceState(at, 'sidecar', { migration }) });

/** A call whose packets leave the cluster by themselves in one of the planes that its ends may be in. */
const round = (caller: Party, callee: Party): CallModel =>
  call(caller, callee, { hops: [{ ...hop(caller, callee), to: { world: true } as never }] });
const found = (one: CallModel) => findings(movingEgressGateway, { calls: [one] });

describe(movingEgressGateway.title, () => {
  it('is one whose gateway stays behind in sidecar mode', () => {
    expect(found(round(web({ wave: 0 }), cards('sidecar')))).toMatchObject([
      {
        message:
          'shop/web calls cards.example.com past the egress gateway egress/out from Migration.wave(2) on: ztunnel follows no route to a gateway',
        fix: expect.stringMatching(/^give egress the dataPlane of shop for the whole way: /),
      },
    ]);
  });

  it('is one whose gateway has arrived before', () => {
    expect(found(round(web({ wave: 0 }), cards('ambient')))).toMatchObject([
      { message: expect.stringMatching(/ until Migration\.wave\(2\) has rolled out: sidecars pass waypoints by$/) },
    ]);
  });

  it('is one from the namespace of the gateway, which moves', () => {
    expect(found(call(web({ wave: 0 }, 'egress'), cards('sidecar', { wave: 0 })))).toMatchObject([
      { message: expect.stringContaining('is refused by the egress gateway egress/out from Migration.wave(2) on') },
    ]);
  });

  it('is none where both move, nor where nothing does, nor of hosts without a gateway', () => {
    expect(found(call(web({ wave: 1 }), cards('ambient', { wave: 1 })))).toEqual([]);
    expect(found(round(web(), cards('ambient')))).toEqual([]);
    expect(found(round(web({ wave: 0 }), { ...cards('sidecar'), through: undefined }))).toEqual([]);
    expect(found(call(web({ wave: 0 }, 'egress'), { ...cards('sidecar', { wave: 0 }), through: undefined }))).toEqual([]);
  });
});
