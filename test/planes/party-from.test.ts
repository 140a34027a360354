import type { PartyFacts } from '../../lib/model/party';
import { partyFrom } from '../../lib/planes/party-from';
import { namespaceState } from '../rules/model-builder';

const FACTS: PartyFacts = {
  kind: 'service',
  key: 'service:shop/cart',
  path: 'shop/cart',
  name: 'cart',
  namespaceName: 'shop',
  owned: true,
  ports: [],
  podLabels: { app: 'cart' },
};

describe('a party, once all is said', () => {
  it('has what was said of it, its namespace, and what follows', () => {
    const namespace = namespaceState('shop', 'ambient');
    expect(partyFrom(FACTS, namespace, { serviceNames: ['cart'] })).toMatchObject({ ...FACTS, namespace, serviceNames: ['cart'] });
  });

  it('has a key for each thing that may follow, so that all parties are read alike', () => {
    const keys = Object.keys(partyFrom(FACTS, namespaceState('shop', 'sidecar'), {}));
    expect(keys).toEqual(expect.arrayContaining(['waypoint', 'guardedNames', 'meshHosts', 'pathRules', 'knownAddresses']));
  });
});
