import { renderEnv, renderInitContainer, renderMounts, renderProbes } from '../../../lib/render/kubernetes/containers';
import type { PodFacts, WorkloadSpec } from '../../../lib/model/workload-spec';

const SPEC = { readiness: {}, liveness: {}, basics: { volumes: [] }, cpuMillis: 100, memoryMebibytes: 128, memoryLimitMebibytes: 256 };
const specWith = (more: Partial<WorkloadSpec>): WorkloadSpec => ({ ...SPEC, ...more }) as unknown as WorkloadSpec;

describe('probes by gRPC', () => {
  it('ask the first port, or the one that is named, and a service if one is named', () => {
    const spec = specWith({ readiness: { grpc: {} }, liveness: { grpc: { service: 'cart' }, port: 9091 }, startup: { grpc: {} } });
    expect(renderProbes(spec, { ports: [{ containerPort: 9090 }] })).toEqual({
      readinessProbe: { failureThreshold: 3, grpc: { port: 9090 } },
      livenessProbe: { failureThreshold: 6, grpc: { port: 9091, service: 'cart' } },
      startupProbe: { failureThreshold: 30, grpc: { port: 9090 } },
    });
  });

  it('leave others alone, and say nothing without a port', () => {
    expect(renderProbes(specWith({ readiness: { path: '/ready' } }), { ports: [{ containerPort: 1 }] })).toEqual({});
    expect(renderProbes(specWith({ readiness: { grpc: {} } }), {})).toEqual({});
  });
});

describe('variables', () => {
  it('come from keys one by one, and from whole objects', () => {
    const sources = [
      { kind: 'secret', name: 'db', variable: 'PASSWORD', key: 'password' },
      { kind: 'configMap', name: 'settings', prefix: 'APP_', optional: true },
    ] as const;
    expect(renderEnv(sources, { env: [{ name: 'A', value: '1' }] })).toEqual({
      env: [
        { name: 'A', value: '1' },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      ],
      envFrom: [{ prefix: 'APP_', configMapRef: { name: 'settings', optional: true } }],
    });
    expect(renderEnv([], {})).toEqual({});
  });
});

describe('an init container', () => {
  const volumes: PodFacts['volumes'] = [{ name: 'etc-app', path: '/etc/app', readOnly: true, source: { secret: { secretName: 'a' } } }];
  const one = { name: 'migrate', image: 'app:1', command: ['/migrate'], env: { STEP: 'all' }, envFrom: [] };

  it('runs without root, under the bounds of the main container, with the same files', () => {
    const spec = specWith({ basics: { volumes } as unknown as PodFacts });
    expect(renderInitContainer(one, spec)).toMatchObject({
      name: 'migrate',
      command: ['/migrate'],
      env: [{ name: 'STEP', value: 'all' }],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      volumeMounts: [{ name: 'etc-app', mountPath: '/etc/app', readOnly: true }],
    });
    expect(renderMounts({ volumes: [] }, {})).toEqual({});
  });
});
