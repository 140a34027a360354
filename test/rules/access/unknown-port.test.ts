import { unknownPort } from '../../../lib/rules/access/unknown-port';
import { call, findings, service } from '../model-builder';

describe(unknownPort.title, () => {
  it('takes a port of the callee', () => {
    expect(findings(unknownPort, { calls: [call(service('cart'), service('product'))] })).toEqual([]);
  });

  it('fails a port that the callee does not have, and names those it has', () => {
    const calls = [call(service('cart'), service('product'), { ports: [], unknownPort: 9090 })];
    expect(findings(unknownPort, { calls })).toMatchObject([
      { on: { path: 'shop/cart' }, got: '9090', fix: 'call one of its ports: 8080 (http)' },
    ]);
  });
});
