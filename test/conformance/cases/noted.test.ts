import type { Would } from '../../../lib/verdict/decision/verdict';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import * as made from '../../verdict/fixtures';
import type { Noted } from '../answer';
import { meshFrom, type MeshUnderTest } from '../mesh-under-test';
import { differencesAbout } from '../agreement';

const WEB = made.deployment('web', 'web', 'v1');
const ONE_CART = made.deployment('cart-v1', 'cart', 'v1') + made.service('cart', 'app: cart');
const BYTES = made.service('db', 'app: cart', { port: '{name: tcp, port: 9000}' });
const PODS = [ONE_CART, WEB, BYTES];
const AT_PODS = 'selector: {matchLabels: {app: cart}}';

/** Where policies are attached, and what stands before the cart. */
const PLANES = {
  sidecars: { objects: [made.namespace('shop', made.SIDECAR), ...PODS], at: AT_PODS },
  ambient: { objects: [made.namespace('shop', made.AMBIENT), ...PODS], at: AT_PODS },
  'a waypoint': {
    objects: [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), ...PODS],
    at: 'targetRefs: [{kind: Service, group: "", name: cart}]',
  },
};

const dryRun = (written: string) => written.replace('namespace: shop}', 'namespace: shop, annotations: {istio.io/dry-run: "true"}}');
const rule = (name: string, at: string, action: string, rules: string) => made.policy(name, `${at}, action: ${action}, rules: [${rules}]`);
const to = (operation: string) => `{to: [{operation: {${operation}}}]}`;

const SETS: Readonly<Record<string, (at: string) => readonly string[]>> = {
  'dry runs': (at) => [
    dryRun(rule('no-get', at, 'DENY', to('methods: [GET]'))),
    dryRun(rule('items', at, 'ALLOW', to('paths: ["/items/*"]'))),
    dryRun(rule('items-too', at, 'ALLOW', to('paths: ["/items/1"]'))),
  ],
  'dry runs beside what holds': (at) => [
    dryRun(rule('items', at, 'ALLOW', to('paths: ["/items/*"]'))),
    rule('posts', at, 'ALLOW', to('methods: [POST]')),
    rule('no-admin', at, 'DENY', to('paths: ["/admin"]')),
    dryRun(rule('no-one', at, 'DENY', '{}')),
  ],
  AUDIT: (at) => [
    rule('looks', at, 'AUDIT', to('methods: [GET]')),
    dryRun(rule('tried', at, 'AUDIT', '{}')),
    rule('no-admin', at, 'DENY', to('paths: ["/admin"]')),
  ],
};

const HOST = 'cart.shop.svc.cluster.local';
const LINES = [
  { method: 'GET', path: '/items/1' },
  { method: 'GET', path: '/' },
  { method: 'POST', path: '/items/2' },
  { method: 'POST', path: '/admin' },
];
const REQUESTS: readonly Request[] = [
  ...LINES.map((line) => ({ from: { workload: 'shop/web' }, to: { host: HOST, port: 8080 }, ...line })),
  { from: { workload: 'shop/web' }, to: { host: 'db.shop.svc.cluster.local', port: 9000 } },
];

const inWords = ({ effect, by }: Would | Noted): string => `${effect} ${by}`;

/** Where none allows, istiod names all that could have: none where its rules are left out for bytes. */
function isSame(ours: readonly Would[], theirs: readonly Noted[]): boolean {
  const isLike = (one: Would, other: Noted) => one.effect === other.effect && (other.by === '' || other.by.split(', ').includes(one.by));
  return ours.length === theirs.length && ours.every((one) => theirs.some((other) => isLike(one, other)));
}

async function unlike(mesh: MeshUnderTest): Promise<object[]> {
  const answers = await mesh.answers(REQUESTS);
  return REQUESTS.flatMap((request, index) => {
    const ours = decide(mesh.cluster, request).trail.flatMap(({ would = [] }) => would);
    const theirs = answers[index].would ?? [];
    return isSame(ours, theirs) ? [] : [{ request, ours: ours.map(inWords), theirs: theirs.map(inWords) }];
  });
}

const CASES = Object.entries(PLANES).flatMap(([plane, { objects, at }]) =>
  Object.entries(SETS).map(([name, policies]) => [`${name}, ${plane}`, [...objects, ...policies(at)]] as const),
);

describe('what policies note that decide nothing', () => {
  it.each(CASES)('is what istiod has Envoy note: %s', async (_, objects) => {
    const mesh = meshFrom(made.objects(...objects));
    expect(await unlike(mesh)).toEqual([]);
    expect(await differencesAbout(mesh)).toEqual([]);
  });

  it('is something at sidecars and waypoints, and nothing at ztunnel', async () => {
    const notes = Object.values(PLANES).map(async ({ objects, at }) => {
      const [, answer] = await meshFrom(made.objects(...objects, ...SETS['dry runs'](at))).answers(REQUESTS);
      return answer.would?.map(inWords);
    });
    const said = ['deny AuthorizationPolicy shop/no-get', 'deny AuthorizationPolicy shop/items, AuthorizationPolicy shop/items-too'];
    expect(await Promise.all(notes)).toEqual([said, undefined, said].map((one) => one ?? []));
  });

  it('is a refusal of a dry run of CUSTOM, of all bytes where it asks for HTTP', async () => {
    const custom = dryRun(rule('asks', `${AT_PODS}, provider: {name: opa}`, 'CUSTOM', to('methods: [GET]')));
    const mesh = meshFrom(
      made.objects(...PLANES.sidecars.objects, made.service('opa', 'app: web', { port: '{name: grpc, port: 9191}' }), custom),
      {
        authorizers: [{ name: 'opa', service: 'opa.shop.svc.cluster.local', port: 9191 }],
      },
    );
    const answers = await mesh.answers(REQUESTS);
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, false, true, true, false]);
    expect(REQUESTS.map((request) => decide(mesh.cluster, request).allowed)).toEqual(answers.map(({ allowed }) => allowed));
  });
});
