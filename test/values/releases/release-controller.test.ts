import { Duration } from 'cdk8s';
import { FlaggerHook, FlaggerMetric, type FlaggerOptions, ReleaseController, RolloutStep } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const flagger = (options: Partial<FlaggerOptions> = {}) => ReleaseController.flagger({ interval: Duration.minutes(1), ...options });
const refusal = { path: 'ReleaseController' };

describe('ReleaseController', () => {
  it('has Flagger try a version out with ten percent more each time, up to half', () => {
    expect(flagger()._facts).toMatchObject({
      name: 'flagger',
      prometheus: 'http://prometheus.istio-system:9090',
      analysis: { interval: '60s', threshold: 5, maxWeight: 50, stepWeight: 10 },
    });
    expect(flagger({ maxWeight: 30, stepWeight: 15, threshold: 2 })._facts).toMatchObject({
      analysis: { threshold: 2, maxWeight: 30, stepWeight: 15 },
    });
  });

  it('has it take each share that is listed, and none besides', () => {
    expect(flagger({ stepWeights: [1, 5, 50] })._facts).toMatchObject({
      analysis: { interval: '60s', threshold: 5, stepWeights: [1, 5, 50] },
    });
    expect(flagger({ stepWeights: [1] })._facts).not.toMatchObject({ analysis: { maxWeight: 50 } });
  });

  it('has it measure, ask and wait', () => {
    const webhook = { name: 'ask', hook: FlaggerHook.CONFIRM_ROLLOUT, url: 'http://gate.ops/', timeout: Duration.seconds(5) };
    const facts = flagger({ metrics: [FlaggerMetric.successRate(99)], webhooks: [webhook], progressDeadline: Duration.minutes(2) })._facts;
    expect(facts).toMatchObject({
      progressDeadlineSeconds: 120,
      metrics: [{ ofMesh: 'success-rate', min: 99 }],
      webhooks: [{ name: 'ask', type: 'confirm-rollout', url: 'http://gate.ops/', timeout: '5s' }],
    });
  });

  it('has Argo Rollouts go its steps and measure', () => {
    const metrics = [{ name: 'errors', query: 'sum(errors)', successCondition: 'result[0] < 1' }];
    expect(ReleaseController.argoRollouts({ steps: [RolloutStep.ofWeight(10)], metrics, prometheus: 'http://p:9090' })._facts).toEqual({
      name: 'argo-rollouts',
      prometheus: 'http://p:9090',
      steps: [{ setWeight: 10 }],
      metrics: [{ ...metrics[0], interval: '60s', failureLimit: 3 }],
    });
  });

  it('fails for steps that lead nowhere', () => {
    expectRefusal(() => ReleaseController.argoRollouts({ steps: [] }), { ...refusal, code: 'MESH751', fix: 'ofWeight', got: 'steps: []' });
    expectRefusal(() => flagger({ stepWeights: [5], maxWeight: 50 }), { ...refusal, code: 'MESH757', fix: 'drop', got: 'both' });
    expectRefusal(() => flagger({ stepWeights: [20, 5] }), { ...refusal, code: 'MESH758', fix: 'order', got: '[20, 5]' });
    expectRefusal(() => flagger({ stepWeights: [] }), { ...refusal, code: 'MESH758', fix: 'order', got: '[]' });
  });

  it.each([{ maxWeight: 0 }, { maxWeight: 101 }, { stepWeight: 0 }, { stepWeight: 60 }, { threshold: 0 }, { stepWeights: [0] }])(
    'fails for %j, out of bounds',
    (options) => {
      expectRefusal(() => flagger(options), { ...refusal, code: 'MESH015', fix: 'within these bounds' });
    },
  );

  it('fails for times that are no number of seconds', () => {
    expectRefusal(() => flagger({ interval: Duration.millis(10) }), { ...refusal, code: 'MESH749', fix: 'in seconds', got: '10 ms' });
  });
});
