import { twoScalers } from '../../../lib/rules/workloads/two-scalers';
import { findings, made, raw } from '../model-builder';

const workload = (spec: string, kind = 'Deployment') =>
  `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: mail-v1, namespace: shop }, spec: { ${spec} } }`;
const keda = (target: string) =>
  `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: mail, namespace: shop }, spec: { scaleTargetRef: { ${target} } } }`;
const hpa = (name: string, kind = 'Deployment') =>
  `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: ${name}, namespace: shop }, spec: { scaleTargetRef: { kind: ${kind}, name: mail-v1 } } }`;
const find = (ours: string[], ...theirs: string[]) => findings(twoScalers, { objects: [...ours.flatMap(made), ...theirs.flatMap(raw)] });

describe(twoScalers.title, () => {
  it.each([
    ['a workload that leaves its number out', [workload('minReadySeconds: 0')], keda('name: mail-v1')],
    ['another workload', [workload('replicas: 2')], keda('name: other')],
    ['another kind', [workload('replicas: 2')], keda('kind: StatefulSet, name: mail-v1')],
    ['what our own autoscaler scales alone', [workload('minReadySeconds: 0'), hpa('mail-v1')], ''],
  ])('takes %s', (_, ours, theirs) => {
    expect(find(ours, ...(theirs ? [theirs] : []))).toEqual([]);
  });

  it('takes workloads that somebody else makes', () => {
    expect(find([], workload('replicas: 2'), keda('name: mail-v1'))).toEqual([]);
  });

  it('tells of a scaler beside a number', () => {
    expect(find([workload('replicas: 2')], keda('name: mail-v1'))).toMatchObject([
      { on: { name: 'mail' }, got: 'replicas: 2', fix: expect.stringContaining("set scaledBy: 'KEDA' where Deployment shop/mail-v1") },
    ]);
    expect(find([workload('replicas: 3', 'StatefulSet')], hpa('own', 'StatefulSet'))).toMatchObject([{ got: 'replicas: 3' }]);
  });

  it('tells of a second scaler', () => {
    expect(find([workload('minReadySeconds: 0'), hpa('mail-v1')], keda('name: mail-v1'))).toMatchObject([
      { on: { name: 'mail' }, got: 'HorizontalPodAutoscaler shop/mail-v1' },
    ]);
  });
});
