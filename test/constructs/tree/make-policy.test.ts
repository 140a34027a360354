import * as security from '../../../imports/security.istio.io';
import { makePolicy } from '../../../lib/constructs/tree/make-policy';
import { isTriedOut } from '../../../lib/support/marker';
import { manifest, newChart } from '../../builders';

const made = (isTried: () => boolean) => {
  const chart = newChart();
  const policy = makePolicy(chart, 'Policy', security.AuthorizationPolicy, { name: 'cart', namespace: 'shop' }, { spec: {}, isTried });
  return { policy, chart };
};

describe('a policy of ours', () => {
  it('says that it is only tried out as long as it is', () => {
    const { chart, policy } = made(() => true);
    expect(manifest(chart, 'AuthorizationPolicy', 'cart').metadata.annotations).toEqual({ 'istio.io/dry-run': 'true' });
    expect(isTriedOut(policy)).toBe(true);
  });

  it('says nothing where it is enforced', () => {
    const { chart, policy } = made(() => false);
    expect(manifest(chart, 'AuthorizationPolicy', 'cart').metadata).toEqual({ name: 'cart', namespace: 'shop' });
    expect(isTriedOut(policy)).toBe(false);
  });
});
