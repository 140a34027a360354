import { completeDeployment, probePortsOf } from '../../../lib/render/kubernetes/deployment';
import type { WorkloadSpec } from '../../../lib/model/workload-spec';

type Fields = Record<string, unknown>;

const LABELS = { app: 'cart', version: 'v1' };
const PRE_STOP = { preStop: { sleep: { seconds: 5 } } };

function deployment(pod: Fields): Fields {
  const template = { metadata: { labels: LABELS }, spec: { serviceAccountName: 'cart', ...pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart-v1' }, spec: { replicas: 2, template } };
}

function podOf(pod: Fields): Fields {
  const { spec } = completeDeployment(deployment(pod), LABELS) as { spec: { template: { spec: Fields } } };
  return spec.template.spec;
}

describe('a Deployment', () => {
  it('keeps everything that is said already', () => {
    const said = deployment({ containers: [{ name: 'cart', image: 'cart:1' }] });
    expect(completeDeployment(said, LABELS)).toMatchObject(said);
  });

  it('spreads the pods of its version over nodes, and starts them rather crowded than not at all', () => {
    expect(podOf({ containers: [] }).topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: LABELS },
      },
    ]);
  });

  it('filters system calls as the runtime does, beside what else its pods may not do', () => {
    const seccompProfile = { type: 'RuntimeDefault' };
    expect(podOf({ containers: [] }).securityContext).toEqual({ seccompProfile });
    expect(podOf({ containers: [], securityContext: { runAsNonRoot: true } }).securityContext).toEqual({
      seccompProfile,
      runAsNonRoot: true,
    });
  });

  it('lets the service leave the endpoints before it stops; other containers are their owner’s', () => {
    const containers = [{ name: 'cart' }, { name: 'log-shipper' }];
    expect(podOf({ containers }).containers).toEqual([{ name: 'cart', lifecycle: PRE_STOP }, { name: 'log-shipper' }]);
  });

  it('leaves the last word to whoever patches it', () => {
    const said = {
      topologySpreadConstraints: [],
      securityContext: { seccompProfile: { type: 'Unconfined' } },
      containers: [{ name: 'cart', lifecycle: { preStop: { exec: { command: ['/drain'] } } } }],
    };
    expect(podOf(said)).toEqual({ serviceAccountName: 'cart', ...said });
  });

  it('is another object than the one that was given', () => {
    const given = deployment({ containers: [{ name: 'cart' }] });
    const before = JSON.stringify(given);
    completeDeployment(given, LABELS);
    expect(JSON.stringify(given)).toBe(before);
  });
});

describe('ports that are probed', () => {
  const portsOf = (readiness: object, liveness: object) => probePortsOf({ readiness, liveness } as WorkloadSpec);

  it('are those that a probe names', () => {
    expect(portsOf({ port: 9901 }, { path: '/live', port: 8558 })).toEqual([9901, 8558]);
  });

  it('are none where probes ask the port of the service', () => {
    expect([portsOf({}, { path: '/live' }), portsOf({}, { port: 8558 })]).toEqual([[], [8558]]);
  });
});
