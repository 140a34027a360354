import { Duration } from 'cdk8s';
import { FlaggerMetric } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const refusal = { path: 'FlaggerMetric' };

describe('FlaggerMetric', () => {
  it('says what is measured, and between which bounds', () => {
    expect(FlaggerMetric.successRate(99.5)._facts).toMatchObject({ ofMesh: 'success-rate', min: 99.5 });
    expect(FlaggerMetric.duration(Duration.millis(500))._facts).toMatchObject({ ofMesh: 'duration', max: 500 });
    const options = { namespaceName: 'metrics', min: 1, max: 5, interval: Duration.minutes(2) };
    expect(FlaggerMetric.template('baskets', options)._facts).toEqual({
      name: 'baskets',
      template: { name: 'baskets', namespace: 'metrics' },
      min: 1,
      max: 5,
      interval: '120s',
    });
  });

  it.each([-1, 101, Number.NaN])('fails for a success rate of %d', (min) => {
    expectRefusal(() => FlaggerMetric.successRate(min), { ...refusal, code: 'MESH756', fix: 'for example 99' });
  });

  it('fails for a template without a bound', () => {
    expectRefusal(() => FlaggerMetric.template('baskets', {}), {
      ...refusal,
      code: 'MESH750',
      fix: 'set min, max',
      got: 'baskets without',
    });
  });
});
