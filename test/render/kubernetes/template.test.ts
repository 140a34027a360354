import { annotatePods, withTemplate } from '../../../lib/render/kubernetes/template';

const template = { metadata: { annotations: { team: 'buy' } }, spec: { containers: [] } };
const job = { kind: 'Job', spec: { backoffLimit: 3, template } };
const cronJob = { kind: 'CronJob', spec: { schedule: '0 * * * *', jobTemplate: { spec: job.spec } } };

describe('the template of pods', () => {
  it('is changed, and nothing else', () => {
    expect(withTemplate(job, () => ({ spec: {} }))).toEqual({ ...job, spec: { backoffLimit: 3, template: { spec: {} } } });
  });

  it('of a CronJob stands in that of its Jobs', () => {
    const changed = withTemplate(cronJob, (each) => ({ ...each, metadata: {} }));
    expect(changed).toMatchObject({ spec: { schedule: '0 * * * *', jobTemplate: { spec: { template: { metadata: {} } } } } });
  });

  it('gets annotations beside those that it has, which have the last word', () => {
    const annotated = annotatePods(job, { team: 'sell', 'sidecar.istio.io/nativeSidecar': 'true' });
    expect(annotated).toMatchObject({
      spec: { template: { metadata: { annotations: { team: 'buy', 'sidecar.istio.io/nativeSidecar': 'true' } } } },
    });
    expect(annotatePods(job, {})).toBe(job);
  });
});
