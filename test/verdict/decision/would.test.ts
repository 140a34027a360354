import { AMBIENT, BEHIND_WAYPOINT, CART, SIDECAR, cluster, get, namespace, pod, policy, waypoint, web } from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';

const SIDECARS = namespace('shop', SIDECAR) + CART;
const rules = (action: string, ...list: string[]) => `selector: {matchLabels: {app: cart}}, action: ${action}, rules: [${list.join(', ')}]`;
const to = (operation: string) => `to: [{operation: {${operation}}}]`;
const dryRun = (written: string) => written.replace('namespace: shop}', 'namespace: shop, annotations: {istio.io/dry-run: "true"}}');

const noted = (manifests: readonly string[], request: Partial<Request> = {}) => {
  const { allowed, trail } = decide(cluster(...manifests), get({ from: pod('web', 'sidecar'), ...request }));
  const would = trail.flatMap((step) => step.would ?? []);
  return { allowed, would: would.map(({ effect, by, isUnclear }) => `${effect} ${by.split('/')[1]}${isUnclear ? ' unclear' : ''}`) };
};

describe('what policies note', () => {
  const denyGet = dryRun(policy('deny', rules('DENY', `{${to('methods: [GET]')}}`)));
  const allowPost = dryRun(policy('post', rules('ALLOW', `{${to('methods: [POST]')}}`)));
  const allowGet = policy('get', rules('ALLOW', `{${to('methods: [GET]')}}`));
  const audit = policy('audit', rules('AUDIT', `{${to('paths: ["/items/*"]')}}`));

  it('of a dry run is what it would do, and changes nothing', () => {
    expect(noted([SIDECARS, denyGet])).toEqual({ allowed: true, would: ['deny deny'] });
    expect(noted([SIDECARS, denyGet], { method: 'PUT' })).toEqual({ allowed: true, would: [] });
    expect(noted([SIDECARS, allowPost], { method: 'POST' })).toEqual({ allowed: true, would: ['allow post'] });
  });

  it('is a refusal where none of those that would allow allows, unless another policy does', () => {
    expect(noted([SIDECARS, allowPost])).toEqual({ allowed: true, would: ['deny post'] });
    expect(noted([SIDECARS, allowPost, allowGet])).toEqual({ allowed: true, would: [] });
    expect(noted([SIDECARS, allowPost, dryRun(policy('all', ''))]).would).toEqual(['deny post']);
  });

  it('of AUDIT is what matches, in a tried one nothing', () => {
    expect(noted([SIDECARS, audit])).toEqual({ allowed: true, would: ['audit audit'] });
    expect(noted([SIDECARS, audit], { path: '/' }).would).toEqual([]);
    expect(noted([SIDECARS, dryRun(audit)]).would).toEqual([]);
  });

  it('ends at who refuses', () => {
    const denial = policy('no', rules('DENY', '{}'));
    expect(noted([SIDECARS, denial, audit, denyGet, allowPost])).toEqual({ allowed: false, would: ['audit audit', 'deny deny'] });
  });

  it('is said to be unclear where a rule asks for what is not known', () => {
    expect(noted([SIDECARS, dryRun(policy('odd', rules('DENY', '{when: [{key: request.weather, values: [fair]}]}')))])).toEqual({
      allowed: true,
      would: ['deny odd unclear'],
    });
  });

  it('comes from a waypoint, and never from ztunnel', () => {
    const about = dryRun(policy('deny', 'targetRefs: [{kind: Service, group: "", name: cart}], action: DENY, rules: [{}]'));
    expect(noted([namespace('shop', BEHIND_WAYPOINT), CART, waypoint('service'), about], { from: web }).would).toEqual(['deny deny']);
    expect(noted([namespace('shop', AMBIENT), CART, denyGet, audit], { from: web })).toEqual({ allowed: true, would: [] });
  });

  it('of a dry run of CUSTOM is a refusal that holds: istiod hands its rules to Envoy as such', () => {
    const custom = dryRun(policy('ask', `${rules('CUSTOM', `{${to('methods: [GET]')}}`)}, provider: {name: door}`));
    expect(noted([SIDECARS, custom]).allowed).toBe(false);
    expect(noted([SIDECARS, custom], { method: 'PUT' }).allowed).toBe(true);
  });
});
