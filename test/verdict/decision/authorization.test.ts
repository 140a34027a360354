import { CART, DENY_ALL, SIDECAR, cluster, get, namespace, pod, policy } from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';

const SIDECARS = namespace('shop', SIDECAR) + CART;
const rules = (action: string, ...list: string[]) => `selector: {matchLabels: {app: cart}}, action: ${action}, rules: [${list.join(', ')}]`;
const to = (operation: string) => `to: [{operation: {${operation}}}]`;

const inSidecar = (request: Partial<Request> = {}) => get({ from: pod('web', 'sidecar'), ...request });

describe('the order of decision', () => {
  const allowGet = policy('allow', rules('ALLOW', `{${to('methods: [GET]')}}`));
  const denyAdmin = policy('deny', rules('DENY', `{${to('paths: [/admin*]')}}`));

  it('allows everything where there is no policy that allows', () => {
    expect(decide(cluster(SIDECARS), inSidecar()).allowed).toBe(true);
    expect(decide(cluster(SIDECARS, denyAdmin), inSidecar({ method: 'POST' })).allowed).toBe(true);
  });

  it('refuses what no policy allows once there is one', () => {
    const decision = decide(cluster(SIDECARS, allowGet), inSidecar({ method: 'POST' }));
    expect(decision).toMatchObject({ allowed: false, layer: 'authorization', by: 'AuthorizationPolicy shop/allow' });
  });

  it('denies before it allows', () => {
    const decision = decide(cluster(SIDECARS, allowGet, denyAdmin), inSidecar({ path: '/admin/keys' }));
    expect(decision).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/deny' });
  });

  it("adds a workload's grants to the namespace's deny-all, and names the narrower policy in a refusal", () => {
    const closed = cluster(SIDECARS, DENY_ALL, allowGet);
    expect(decide(closed, inSidecar())).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/allow' });
    expect(decide(closed, inSidecar({ method: 'POST' })).by).toBe('AuthorizationPolicy shop/allow');
    expect(decide(cluster(SIDECARS, DENY_ALL), inSidecar()).by).toBe('AuthorizationPolicy shop/deny-all');
  });

  it('counts policies of the root namespace everywhere, and of other namespaces nowhere', () => {
    expect(decide(cluster(SIDECARS, policy('all', '', 'istio-system')), inSidecar()).allowed).toBe(false);
    expect(decide(cluster(SIDECARS, policy('all', '', 'elsewhere')), inSidecar()).allowed).toBe(true);
  });

  it('gives a sidecar nothing that names a target', () => {
    expect(decide(cluster(SIDECARS, policy('p', 'targetRefs: [{kind: Service, group: "", name: cart}]')), inSidecar()).allowed).toBe(true);
  });

  it('leaves the answer open where it asks for what nobody knows, unless that makes no difference', () => {
    const weather = '{when: [{key: request.weather, values: [fair]}]}';
    const decided = (...policies: string[]) => decide(cluster(SIDECARS, ...policies), inSidecar());
    const unknown = { allowed: false, unknown: 'AuthorizationPolicy shop/p asks for what is not known here' };
    expect(decided(policy('p', rules('ALLOW', weather)))).toMatchObject(unknown);
    expect(decided(policy('p', rules('DENY', weather)))).toMatchObject(unknown);
    expect(decided(policy('p', rules('ALLOW', weather, '{}'))).allowed).toBe(true);
    const closed = decided(policy('p', rules('DENY', weather)), DENY_ALL);
    expect(closed).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/deny-all' });
    expect(closed.unknown).toBeUndefined();
  });
});
