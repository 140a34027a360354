import { callerWithoutProxy } from '../../../lib/rules/guarded/caller-without-proxy';
import { call, findings, HTTP, other, service } from '../model-builder';

const kiali = other('unmeshed', 'kiali', { isGuarded: true });
const prometheus = service('prometheus');

describe(callerWithoutProxy.title, () => {
  it('takes calls between those outside, and calls to a port that takes plaintext', () => {
    const plain = [{ ...HTTP, plaintext: 'it has no proxy' }];
    const calls = [call(kiali, other('unmeshed', 'grafana')), call(service('cart'), prometheus), call(kiali, prometheus, { ports: plain })];
    expect(findings(callerWithoutProxy, { calls })).toEqual([]);
  });

  it('fails a call to a service that asks who comes', () => {
    expect(findings(callerWithoutProxy, { calls: [call(kiali, prometheus)] })).toMatchObject([{ got: 'a call to port 8080 (http)' }]);
  });
});
