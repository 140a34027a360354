import { hasOwnPods, isOwnService, type PartyFacts } from '../../lib/model/party';

const party = (kind: PartyFacts['kind'], owned = true): PartyFacts => ({
  kind,
  key: 'shop/one',
  path: 'test/shop/one',
  name: 'one',
  namespaceName: 'shop',
  owned,
  ports: [],
});

describe('a party', () => {
  it('has pods of this program where this program makes a service, or a workload', () => {
    const kinds = ['service', 'workload', 'gateway', 'identity', 'external', 'egress', 'unmeshed', 'anyone'] as const;
    expect(kinds.filter((kind) => hasOwnPods(party(kind)))).toEqual(['service', 'workload']);
    expect(kinds.filter((kind) => hasOwnPods(party(kind, false)))).toEqual([]);
  });

  it('is a service with a table of its own where this program makes it', () => {
    expect([party('service'), party('service', false), party('workload')].map(isOwnService)).toEqual([true, false, false]);
  });
});
