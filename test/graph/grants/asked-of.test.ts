import { Condition, HttpAccess, IpBlocks } from 'istio-constructs';
import { askedOf } from '../../../lib/graph/grants/asked-of';

describe('what is asked of a call', () => {
  it('is all of it, where nothing is said', () => {
    expect(askedOf('ALLOW', {})).toEqual({ http: undefined, user: undefined, conditions: undefined });
  });

  it('is of requests as soon as only who reads them can tell', () => {
    expect(askedOf('CUSTOM', {}).http).toEqual([{ methods: [], paths: [] }]);
    expect(askedOf('ALLOW', { conditions: [Condition.header('x-tenant', 'a')] }).http).toEqual([{ methods: [], paths: [] }]);
    expect(askedOf('ALLOW', { conditions: [Condition.at(IpBlocks.ofPeers('10.0.0.7'))] }).http).toBeUndefined();
    expect(askedOf('ALLOW', { http: [HttpAccess.of({ hosts: ['a.com'] })] }).http).toMatchObject([{ hosts: ['a.com'] }]);
  });
});
