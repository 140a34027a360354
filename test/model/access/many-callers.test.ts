import { isAmong, isNamedBy, mayBeBoth } from '../../../lib/model/access/many-callers';
import { ANYONE, identity, other } from '../../rules/model-builder';

const billing = other('callers', 'billing', { principal: 'cluster.local/ns/billing/sa/*', addresses: undefined });
const office = other('callers', 'office', { principal: undefined, addresses: ['10.0.0.0/8'] });
const report = identity('billing', 'report');

describe('many callers', () => {
  it('have among them whose identity begins as theirs', () => {
    expect(isAmong(report, billing)).toBe(true);
    expect(isAmong(billing, report)).toBe(false);
    expect(isAmong(identity('billing-x', 'report'), billing)).toBe(false);
    expect(isAmong(report, ANYONE)).toBe(true);
    expect(isAmong(office, office)).toBe(true);
  });

  it('are not told apart from others by an address', () => {
    expect(mayBeBoth(billing, report)).toBe(true);
    expect(mayBeBoth(office, report)).toBe(true);
    expect(mayBeBoth(billing, identity('shop', 'cart'))).toBe(false);
  });

  it('are nobody without an identity', () => {
    expect(isNamedBy('cluster.local/*', undefined)).toBe(false);
    expect(isNamedBy(undefined, 'cluster.local/ns/a/sa/b')).toBe(false);
    expect(isNamedBy('cluster.local/ns/a/sa/b', 'cluster.local/ns/a/sa/b')).toBe(true);
  });
});
