import { differencesAbout } from './agreement';
import { meshFrom } from './mesh-under-test';
import * as made from '../verdict/fixtures';

const WEB = made.deployment('web', 'web', 'v1');
const AMBIENT = [made.namespace('shop', made.AMBIENT), made.CART, WEB];
const BEHIND_WAYPOINT = [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), made.CART, WEB];
const SIDECARS = [made.namespace('shop', made.SIDECAR), made.CART, WEB];
const PLAIN = [made.namespace('shop', ''), made.CART, WEB];

const ITEMS = 'to: [{operation: {methods: [GET], paths: ["/items/*"]}}]';
const FROM_WEB = 'from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]';
const SELECTOR = 'selector: {matchLabels: {app: cart}}';
const EVERY_SERVICE = 'targetRefs: [{kind: Service, group: "", name: cart}, {kind: Service, group: "", name: cart-v1}]';
const byPolicy = (spec: string) => [made.policy('p', spec)];

const SPLIT = made.httpRoute('cart', made.TO_CART, made.NINETY_TEN);
const TO_VERSIONS = `hosts: [cart.shop.svc.cluster.local], http: [{${made.SEVENTY_THIRTY}}]`;
const BOTH = [made.STRICT, made.DENY_ALL, made.WAYPOINT_DENY_ALL, made.P1, made.P2];

/** What was measured of Istio, and what people get wrong with it: objects as a hand would write them, good and bad. */
const CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  'no policy, sidecars': SIDECARS,
  'no policy, ambient': AMBIENT,
  'no policy, outside the mesh': PLAIN,
  'deny-all, sidecars': [...SIDECARS, made.DENY_ALL],
  'deny-all behind a waypoint, which ignores it': [...BEHIND_WAYPOINT, made.DENY_ALL],
  'deny-all for the waypoint alone': [...BEHIND_WAYPOINT, made.WAYPOINT_DENY_ALL],
  'deny-all that P2 opens again': [...BEHIND_WAYPOINT, made.DENY_ALL, made.P2],
  'P1 without P2: a way round by the pod': [...BEHIND_WAYPOINT, made.STRICT, made.P1],
  'P1 and P2 without STRICT': [...BEHIND_WAYPOINT, made.P1, made.P2],
  'P1, P2 and everything else': [...BEHIND_WAYPOINT, ...BOTH],
  'another Service over the same pods': [...BEHIND_WAYPOINT, made.CART_VERSIONS, made.STRICT, made.P1, made.P2],
  'another Service, and a default deny': [...BEHIND_WAYPOINT, made.CART_VERSIONS, ...BOTH],
  'another Service with the same policy': [...BEHIND_WAYPOINT, made.CART_VERSIONS, ...byPolicy(`${EVERY_SERVICE}, ${made.P1_RULES}`)],
  'a waypoint for all: a way round by the pod': [
    made.namespace('shop', made.BEHIND_WAYPOINT),
    made.waypoint('all'),
    made.CART,
    WEB,
    ...BOTH,
  ],
  'a waypoint for workloads': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('workload'), made.CART, WEB, made.P1, made.P2],
  'a label for a waypoint that nobody made': [made.namespace('shop', made.BEHIND_WAYPOINT), made.CART, WEB, made.P1],
  'a headless Service': [...BEHIND_WAYPOINT, made.service('cart-pods', 'app: cart', { extra: ', clusterIP: None' }), made.P1, made.P2],
  'ALLOW with HTTP by selector, ztunnel': [...AMBIENT, ...byPolicy(`${SELECTOR}, ${made.P1_RULES}`)],
  'ALLOW with HTTP by selector, sidecars': [...SIDECARS, ...byPolicy(`${SELECTOR}, ${made.P1_RULES}`)],
  'DENY with HTTP alone by selector, ztunnel': [...AMBIENT, ...byPolicy(`${SELECTOR}, action: DENY, rules: [{${ITEMS}}]`)],
  'DENY with HTTP alone by selector, sidecars': [...SIDECARS, ...byPolicy(`${SELECTOR}, action: DENY, rules: [{${ITEMS}}]`)],
  'DENY with a caller and HTTP by selector': [...AMBIENT, ...byPolicy(`${SELECTOR}, action: DENY, rules: [{${FROM_WEB}, ${ITEMS}}]`)],
  'DENY with HTTP and a port by selector': [
    ...AMBIENT,
    ...byPolicy(`${SELECTOR}, action: DENY, rules: [{to: [{operation: {paths: ["/admin"], ports: ["8080"]}}]}]`),
  ],
  'DENY of a namespace': [...AMBIENT, ...byPolicy('action: DENY, rules: [{from: [{source: {namespaces: [elsewhere]}}]}]')],
  'ALLOW for all that have an identity': [...AMBIENT, ...byPolicy('rules: [{from: [{source: {principals: ["*"]}}]}]')],
  'ALLOW for everybody': [...AMBIENT, made.DENY_ALL, ...byPolicy(`${SELECTOR}, rules: [{}]`)],
  'from and to as two items of a list': [...SIDECARS, ...byPolicy(`${SELECTOR}, rules: [{${FROM_WEB}}, {${ITEMS}}]`)],
  'a policy for a service, without a waypoint': [...AMBIENT, made.P1],
  'a split of 90 to 10 by HTTPRoute': [...BEHIND_WAYPOINT, made.CART_VERSIONS, SPLIT, ...BOTH],
  'the same without a waypoint': [...AMBIENT, made.CART_VERSIONS, SPLIT],
  'the same with sidecars': [...SIDECARS, made.CART_VERSIONS, SPLIT],
  'a split of 70 to 30 by subsets, sidecars': [...SIDECARS, made.SUBSETS, made.virtualService('cart', TO_VERSIONS)],
  'the same on a waypoint': [...BEHIND_WAYPOINT, made.SUBSETS, made.virtualService('cart', TO_VERSIONS), ...BOTH],
  'subsets that nobody defined': [...SIDECARS, made.virtualService('cart', TO_VERSIONS)],
  'exposed past the waypoint': [...BEHIND_WAYPOINT, made.GATEWAY, made.EXPOSED, made.STRICT, made.P1],
  'exposed past the waypoint, which P2 refuses': [...BEHIND_WAYPOINT, made.GATEWAY, made.EXPOSED, ...BOTH],
  'exposed beside a split of the mesh': [...SIDECARS, made.GATEWAY, made.EXPOSED, made.SUBSETS, made.virtualService('cart', TO_VERSIONS)],
  'STRICT with sidecars': [...SIDECARS, made.STRICT],
  'STRICT in ambient': [...AMBIENT, made.STRICT],
};

describe('what was measured of Istio', () => {
  it.each(Object.entries(CLUSTERS))('holds for istiod as for the evaluator: %s', async (_, pieces) => {
    expect(await differencesAbout(meshFrom(made.objects(...pieces)))).toEqual([]);
  });
});
