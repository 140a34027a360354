import { decide } from '../../../lib/verdict/decide';
import { BEHIND_WAYPOINT, CART, cluster, get, namespace, policy, service, TO_POD, toService, waypoint } from '../fixtures';

const AT_WAYPOINT = policy(
  'closed',
  'targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: waypoint}], action: DENY, rules: [{}]',
);
const HEADLESS = service('pods', 'app: cart', { extra: ', clusterIP: None' });

describe('a waypoint for pods', () => {
  const shop = namespace('shop', BEHIND_WAYPOINT) + CART + HEADLESS + waypoint('all') + AT_WAYPOINT;

  it('stands before pods that are dialled by their address or by a headless Service', () => {
    const refusal = { allowed: false, layer: 'authorization', by: 'AuthorizationPolicy shop/closed' };
    expect(decide(cluster(shop), get({ to: TO_POD }))).toMatchObject(refusal);
    expect(decide(cluster(shop), get({ to: toService('pods') }))).toMatchObject(refusal);
  });

  it('tunnels to pods, also to those outside the mesh, which end no tunnel', () => {
    const outside = namespace('shop', 'istio.io/use-waypoint: waypoint') + CART + HEADLESS + waypoint('all');
    const refusal = { allowed: false, layer: 'mtls', by: 'Deployment shop/cart-v1' };
    expect(decide(cluster(outside), get({ to: TO_POD }))).toMatchObject(refusal);
    expect(decide(cluster(outside), get({ to: toService('pods') }))).toMatchObject(refusal);
  });
});
