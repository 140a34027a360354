import { plaintextPort } from '../../../lib/rules/mtls/plaintext-port';
import { ANYONE, call, findings, service } from '../model-builder';

const operator = service('operator');

describe(plaintextPort.title, () => {
  it('says nothing of callers with an identity, anyone among them', () => {
    expect(findings(plaintextPort, { calls: [call(service('cart'), operator), call(ANYONE, operator, { reason: 'open' })] })).toEqual([]);
  });

  it('tells of each port with its reason', () => {
    const calls = [call(ANYONE, operator, { path: 'ops/operator', plaintext: true, reason: 'webhook' })];
    expect(findings(plaintextPort, { calls })).toMatchObject([{ on: { path: 'ops/operator' }, got: 'reason: webhook' }]);
  });
});
