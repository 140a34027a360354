import { LocalityRouting } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('routing by locality', () => {
  it('moves on from region to region, or to the nearest', () => {
    const failover = [{ from: 'eu-west-1', to: 'eu-central-1' }];
    expect(LocalityRouting.failover({ callersIn: 'eu-west-1', goTo: 'eu-central-1' })._facts).toEqual({ enabled: true, failover });
    expect(LocalityRouting.failover()._facts).toEqual({ enabled: true, failover: undefined });
  });

  it('moves on by labels, shares out, or looks at no zones', () => {
    expect(LocalityRouting.failoverByLabels('a', 'b')._facts).toEqual({ enabled: true, failoverPriority: ['a', 'b'] });
    const distribute = [{ from: 'eu/*', to: { 'eu/*': 80, 'us/*': 20 } }];
    expect(LocalityRouting.distribute({ callersIn: 'eu/*', shares: { 'eu/*': 80, 'us/*': 20 } })._facts).toEqual({
      enabled: true,
      distribute,
    });
    expect(LocalityRouting.off()._facts).toEqual({ enabled: false });
  });

  it.each<[string, () => unknown, string]>([
    ['no label', () => LocalityRouting.failoverByLabels(), 'MESH707'],
    ['a zone in place of a region', () => LocalityRouting.failover({ callersIn: 'eu/a', goTo: 'us' }), 'MESH708'],
    ['a pattern in place of a region', () => LocalityRouting.failover({ callersIn: 'eu', goTo: '*' }), 'MESH708'],
    ['a region for itself', () => LocalityRouting.failover({ callersIn: 'eu', goTo: 'eu' }), 'MESH709'],
    ['less than the whole', () => LocalityRouting.distribute({ callersIn: 'eu', shares: { eu: 99 } }), 'MESH710'],
    ['a share of nothing', () => LocalityRouting.distribute({ callersIn: 'eu', shares: { eu: 100, us: 0 } }), 'MESH710'],
    ['no share', () => LocalityRouting.distribute({ callersIn: 'eu', shares: {} }), 'MESH710'],
  ])('fails for %s', (_, act, code) => {
    expectRefusal(act, { code, path: 'LocalityRouting', fix: '' });
  });
});
