import { completePods, graceOf, probePortsOf } from '../../../lib/render/kubernetes/complete-pods';
import type { PodFacts, WorkloadSpec } from '../../../lib/model/workload-spec';

type Fields = Record<string, unknown>;

const LABELS = { app: 'cart', version: 'v1' };
const NONE = { envFrom: [], volumes: [], initContainers: [], pullSecrets: [], tolerations: [] };
const BASICS: PodFacts = { ...NONE, apiToken: false, writableRoot: false };
const SPEC = { basics: BASICS, readiness: {}, liveness: {} } as unknown as WorkloadSpec;
const STAYS = { spreads: LABELS, stays: true };
const PRE_STOP = { preStop: { sleep: { seconds: 5 } } };

function deployment(pod: Fields): Fields {
  const template = { metadata: { labels: LABELS }, spec: { serviceAccountName: 'cart', ...pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart-v1' }, spec: { replicas: 2, template } };
}

function podOf(pod: Fields, basics: Partial<PodFacts> = {}): Fields {
  const { spec } = completePods(deployment(pod), { ...SPEC, basics: { ...BASICS, ...basics } }, STAYS) as {
    spec: { template: { spec: Fields } };
  };
  return spec.template.spec;
}

describe('a Deployment', () => {
  it('keeps everything that is said already', () => {
    const said = deployment({ containers: [{ name: 'cart', image: 'cart:1' }] });
    expect(completePods(said, SPEC, STAYS)).toMatchObject(said);
  });

  it('takes the capabilities from containers that somebody adds, unless they say which they need', () => {
    const said = { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } };
    const added = podOf({
      containers: [{ name: 'cart' }, { name: 'a' }, { name: 'b', securityContext: said }],
      initContainers: [{ name: 'c' }],
    });
    expect(added.containers).toMatchObject([
      { name: 'cart' },
      { securityContext: { capabilities: { drop: ['ALL'] } } },
      { securityContext: said },
    ]);
    expect(added.initContainers).toMatchObject([{ name: 'c', securityContext: { capabilities: { drop: ['ALL'] } } }]);
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
    expect(podOf({ containers }).containers).toEqual([
      { name: 'cart', lifecycle: PRE_STOP },
      { name: 'log-shipper', securityContext: { capabilities: { drop: ['ALL'] } } },
    ]);
  });

  it('leaves the last word to whoever patches it', () => {
    const said = {
      topologySpreadConstraints: [],
      securityContext: { seccompProfile: { type: 'Unconfined' } },
      containers: [{ name: 'cart', lifecycle: { preStop: { exec: { command: ['/drain'] } } } }],
    };
    expect(podOf(said)).toEqual({ serviceAccountName: 'cart', ...said });
  });

  it('runs as a user and a group, and its files belong to one', () => {
    expect(podOf({ containers: [] }, { user: 1000, group: 2000, fileGroup: 3000 }).securityContext).toMatchObject({
      runAsUser: 1000,
      runAsGroup: 2000,
      fsGroup: 3000,
    });
  });

  it('is placed where it may be, with the Secrets that its images need', () => {
    const tolerations = [
      { key: 'gpu', effect: 'NoSchedule' },
      { key: 'team', value: 'search' },
    ];
    const said = { nodeSelector: { disk: 'ssd' }, priorityClass: 'high', pullSecrets: ['registry'], tolerations };
    expect(podOf({ containers: [] }, said)).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      priorityClassName: 'high',
      imagePullSecrets: [{ name: 'registry' }],
      tolerations: [
        { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'team', operator: 'Equal', value: 'search' },
      ],
    });
  });

  it('has volumes beside those that were added', () => {
    const volumes = [{ name: 'tmp', path: '/tmp', source: { emptyDir: {} } }];
    const pod = podOf({ containers: [{ name: 'cart' }], volumes: [{ name: 'theirs' }] }, { volumes });
    expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: {} }, { name: 'theirs' }]);
    expect(pod.containers).toMatchObject([{ volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }]);
  });

  it('is gone after forty seconds, or after what it may take to end and ten seconds', () => {
    expect([graceOf(SPEC), graceOf({ ...SPEC, drainSeconds: 60 })]).toEqual([40, 70]);
  });

  it('is another object than the one that was given', () => {
    const given = deployment({ containers: [{ name: 'cart' }] });
    const before = JSON.stringify(given);
    completePods(given, SPEC, STAYS);
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
