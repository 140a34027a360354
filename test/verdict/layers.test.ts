import { decide } from '../../lib/verdict/decide';
import { without } from '../../lib/verdict/layers';
import { CART, DENY_ALL, SIDECAR, STRICT, cluster, get, namespace, plaintext } from './fixtures';

describe('a layer', () => {
  const mesh = cluster(namespace('shop', SIDECAR), CART, STRICT, DENY_ALL);

  it('can be left out, to see what the others do alone', () => {
    const call = get({ from: plaintext });
    expect(decide(mesh, call).layer).toBe('mtls');
    expect(decide(without(mesh, 'mtls'), call).layer).toBe('authorization');
    expect(decide(without(mesh, 'mtls', 'authorization'), call).allowed).toBe(true);
    expect(decide(without(mesh, 'network', 'scope'), call).layer).toBe('mtls');
  });
});
