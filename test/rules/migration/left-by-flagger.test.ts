import type { LastSynth, MeshModel, ObjectKey } from '../../../lib/model/mesh-model';
import { leftByFlagger } from '../../../lib/rules/migration/left-by-flagger';
import { findings, made, namespace, route, service } from '../model-builder';

const key = (kind: string, name: string): ObjectKey => ({
  apiVersion: kind === 'HTTPRoute' ? 'gateway.networking.k8s.io/v1' : 'networking.istio.io/v1',
  kind,
  name,
  namespaceName: 'shop',
});
const routes = [key('VirtualService', 'cart'), key('DestinationRule', 'cart-primary'), key('DestinationRule', 'cart-canary')];
const cart = route(service('cart'), { router: 'gateway-api', left: { before: routes, ahead: [] } });
const last = (router: 'istio' | 'gateway-api', name = 'shop/cart'): LastSynth => ({
  namespaces: [],
  objects: [],
  releases: [{ service: name, router }],
});
const found = (parts: Partial<MeshModel>) =>
  findings(leftByFlagger, { namespaces: [namespace('shop', 'ambient')], routes: [cart], ...parts });
const DELETE =
  'kubectl delete --namespace shop virtualservice.networking.istio.io/cart destinationrule.networking.istio.io/cart-primary destinationrule.networking.istio.io/cart-canary';

describe(leftByFlagger.title, () => {
  it('are named with the command that deletes them, in the synth that changes them', () => {
    expect(found({ lastSynths: [last('istio')] })).toMatchObject([
      {
        got: 'left behind in the cluster: VirtualService cart; DestinationRule cart-primary, cart-canary',
        fix: `apply the manifests, and wait until Flagger has made its routes; then ${DELETE}`,
      },
    ]);
  });

  it('are none that the program makes itself by now', () => {
    const objects = made(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart-primary, namespace: shop }
`);
    expect(found({ lastSynths: [last('istio')], objects })[0].got).toBe(
      'left behind in the cluster: VirtualService cart; DestinationRule cart-canary',
    );
  });

  it('are none where Flagger makes what it made, or made nothing, or in one of several clusters', () => {
    for (const lastSynths of [[], [last('gateway-api')], [last('istio', 'shop/web')], [last('istio'), last('gateway-api')]]) {
      expect(found({ lastSynths })).toEqual([]);
    }
    expect(found({ lastSynths: [last('istio')], routes: [route(service('cart'), { router: 'gateway-api' })] })).toEqual([]);
  });

  it('are told ahead at the last wave, and not before', () => {
    const moving = (wave: number) => [namespace('shop', 'ambient', { migration: { wave }, lastWave: 2 })];
    const istio = route(service('cart'), { left: { before: [key('HTTPRoute', 'cart')], ahead: routes } });
    expect(found({ namespaces: moving(2), routes: [istio] })).toMatchObject([
      {
        got: 'Migration.wave(2), the last one, with VirtualService cart; DestinationRule cart-primary, cart-canary of Flagger',
        fix: expect.stringMatching(new RegExp(`^when all pods have restarted, leave migration out, .*; then ${DELETE}$`)),
      },
    ]);
    for (const wave of [0, 1]) expect(found({ namespaces: moving(wave), routes: [istio] })).toEqual([]);
    expect(found({ namespaces: moving(2), routes: [cart] })).toEqual([]);
    expect(found({ namespaces: moving(2), routes: [istio], lastSynths: [last('gateway-api')] })).toMatchObject([
      { got: 'left behind in the cluster: HTTPRoute cart' },
    ]);
  });
});
