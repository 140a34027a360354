import { Duration } from 'cdk8s';
import { RolloutStep } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('RolloutStep', () => {
  it('is what a Rollout calls it', () => {
    expect(RolloutStep.setWeight(20)._facts).toEqual({ setWeight: 20 });
    expect(RolloutStep.pause(Duration.minutes(1))._facts).toEqual({ pause: { duration: '60s' } });
    expect(RolloutStep.pause()._facts).toEqual({ pause: {} });
  });

  it.each([-1, 101, 0.5])('fails for a share of %d percent', (percent) => {
    expectRefusal(() => RolloutStep.setWeight(percent), { code: 'MESH015', path: 'RolloutStep', fix: 'within these bounds' });
  });
});
