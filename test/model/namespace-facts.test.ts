import { hasNetworkPolicies, hasPolicies } from '../../lib/model/namespace-facts';

const [OPEN, CLOSED] = [{ zeroTrust: false }, { zeroTrust: true }];
const OBSERVED = { ...OPEN, stage: 'observe' as const };
const ALLOWING = { ...OPEN, stage: 'allow-known' as const };

describe('what a namespace is closed by', () => {
  it('are policies from its first stage on', () => {
    expect([OPEN, OBSERVED, ALLOWING, CLOSED].map(hasPolicies)).toEqual([false, true, true, true]);
  });

  it('are NetworkPolicies once its calls are let in, unless it has no such layer', () => {
    expect([OPEN, OBSERVED, ALLOWING, CLOSED].map(hasNetworkPolicies)).toEqual([false, false, true, true]);
    expect(hasNetworkPolicies({ ...CLOSED, networkLayer: 'none' })).toBe(false);
  });
});
