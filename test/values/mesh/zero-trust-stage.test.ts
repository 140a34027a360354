import { ZeroTrustStage } from 'istio-constructs';
import { stageOf } from '../../../lib/values/mesh/zero-trust-stage';

describe('the stage of a closed namespace', () => {
  it('is kept as long as something is still to come', () => {
    expect(stageOf(ZeroTrustStage.OBSERVE)).toBe('observe');
    expect(stageOf(ZeroTrustStage.ALLOW_KNOWN)).toBe('allow-known');
  });

  it('is the last where nobody names one', () => {
    expect([stageOf(), stageOf(ZeroTrustStage.DENY_REST)]).toEqual([undefined, undefined]);
  });
});
