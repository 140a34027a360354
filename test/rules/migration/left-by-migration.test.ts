import { leftByMigration } from '../../../lib/rules/migration/left-by-migration';
import type { LastSynth } from '../../../lib/model/mesh-model';
import { findings, made, namespace } from '../model-builder';

const objects = made(`
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
`);
const last = (parts: Partial<LastSynth['namespaces'][number]> = {}): LastSynth => ({
  namespaces: [{ path: 'shop/shop', name: 'shop', mode: 'ambient', migration: { wave: 1 }, lastWave: 1, ...parts }],
  objects: [
    { apiVersion: 'v1', kind: 'Service', name: 'cart', namespaceName: 'shop' },
    { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', name: 'cart', namespaceName: 'shop' },
  ],
});
const found = (synth: LastSynth, now = namespace('shop', 'ambient')) =>
  findings(leftByMigration, { objects, namespaces: [now], lastSynths: [synth] });

describe(leftByMigration.title, () => {
  it('are named with the command that deletes them', () => {
    expect(found(last())).toMatchObject([
      {
        got: 'left behind in the cluster: Sidecar cart',
        fix: expect.stringMatching(/; then kubectl delete --namespace shop sidecar\.networking\.istio\.io\/cart$/),
      },
    ]);
  });

  it('are none at the same stage, and none where nothing has moved', () => {
    expect(found(last(), namespace('shop', 'ambient', { migration: { wave: 1 } }))).toEqual([]);
    expect(found(last({ migration: undefined, mode: 'sidecar' }))).toEqual([]);
  });
});
