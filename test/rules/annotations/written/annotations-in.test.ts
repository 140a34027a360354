import { rawAnnotations } from '../../../../lib/rules/annotations/written/annotations-in';
import { emptyModel, made, raw } from '../../model-builder';

const JOB = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop, annotations: { sidecar.istio.io/inject: "true", other.example.com/a: b } }
spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: report }, annotations: { proxy.istio.io/config: a } } } } } }
`;

describe('annotations of Istio', () => {
  it('are those of an object and of the pods that it makes, each with its place', () => {
    expect(rawAnnotations(emptyModel({ objects: raw(JOB) }))).toMatchObject([
      { title: 'CronJob shop/report', kind: 'CronJob', name: 'sidecar.istio.io/inject', value: 'true' },
      {
        title: 'the template of CronJob shop/report',
        kind: 'Pod',
        labels: { app: 'report' },
        field: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations', 'proxy.istio.io/config'],
      },
    ]);
  });

  it('are not asked of what constructs make', () => {
    expect(rawAnnotations(emptyModel({ objects: made(JOB) }))).toEqual([]);
  });
});
