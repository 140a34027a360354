import { Condition, HttpAccess, IpBlocks } from 'istio-constructs';
import { askedOf } from '../../../lib/graph/grants/asked-of';
import { HTTP } from '../../rules/model-builder';

describe('what is asked of a call', () => {
  it('is all of it, where nothing is said', () => {
    expect(askedOf('ALLOW', {}, [HTTP])).toEqual({ http: undefined, user: undefined, conditions: undefined });
  });

  it('is of requests as soon as only who reads them can tell', () => {
    expect(askedOf('CUSTOM', {}, []).http).toBeUndefined();
    expect(askedOf('CUSTOM', {}, [HTTP]).http).toEqual([{ methods: [], paths: [] }]);
    expect(askedOf('ALLOW', { conditions: [Condition.header('x-tenant', 'a')] }, [HTTP]).http).toEqual([{ methods: [], paths: [] }]);
    expect(askedOf('ALLOW', { conditions: [Condition.at(IpBlocks.ofPeers('10.0.0.7'))] }, [HTTP]).http).toBeUndefined();
    expect(askedOf('ALLOW', { http: [HttpAccess.of({ hosts: ['a.com'] })] }, [HTTP]).http).toMatchObject([{ hosts: ['a.com'] }]);
  });
});
