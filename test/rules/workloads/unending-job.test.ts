import { unendingJob } from '../../../lib/rules/workloads/unending-job';
import { findings, raw } from '../model-builder';

const NAMESPACE = (label: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${label} } }
`;
const SIDECARS = NAMESPACE('istio-injection: enabled');
const pods = (annotations = '') =>
  `template: { metadata: { labels: { app: load }${annotations} }, spec: { containers: [{ name: load }] } }`;
const job = (annotations?: string) =>
  `{ apiVersion: batch/v1, kind: Job, metadata: { name: load, namespace: shop }, spec: { ${pods(annotations)} } }`;
const cron = (annotations?: string) =>
  `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: load, namespace: shop }, spec: { jobTemplate: { spec: { ${pods(annotations)} } } } }`;
const native = (value: string) => `, annotations: { sidecar.istio.io/nativeSidecar: "${value}" }`;
const find = (...manifests: string[]) => findings(unendingJob, { objects: manifests.flatMap(raw) });

describe(unendingJob.title, () => {
  it.each([
    ['a sidecar container of Kubernetes', SIDECARS, job(native('true'))],
    ['the same in a CronJob', SIDECARS, cron(native('true'))],
    ['its own word for the older kind, which somebody ends', SIDECARS, job(native('false'))],
    ['ambient mode', NAMESPACE('istio.io/dataplane-mode: ambient'), job()],
    ['no mesh at all', NAMESPACE('team: buy'), cron()],
    ['a word that keeps the sidecar out', SIDECARS, job(', annotations: { sidecar.istio.io/inject: "false" }')],
  ])('takes %s', (_, ...manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['Job', job()],
    ['CronJob', cron()],
  ])('tells of a %s that says nothing', (kind, manifest) => {
    expect(find(SIDECARS, manifest)).toMatchObject([
      { message: expect.stringContaining(`${kind} shop/load end only`), got: 'no annotation sidecar.istio.io/nativeSidecar' },
    ]);
  });
});
