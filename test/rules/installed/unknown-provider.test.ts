import { Mesh, MeshReport, Telemetry, TelemetryProvider } from 'istio-constructs';
import { unknownProvider } from '../../../lib/rules/installed/unknown-provider';
import { findingCodes, newChart } from '../../builders';
import { findings, raw } from '../model-builder';

const find = (spec: string, providerNames?: string[]) =>
  findings(unknownProvider, {
    providerNames,
    objects: raw(`
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: mesh-default, namespace: istio-system }
spec: { ${spec} }
`),
  });

const TRACING = 'tracing: [{ providers: [{ name: tempo }] }]';

describe(unknownProvider.title, () => {
  it('takes a provider that the mesh has, those of Istio, and a mesh of which nobody knows the providers', () => {
    expect(find(TRACING, ['tempo'])).toEqual([]);
    expect(find('accessLogging: [{ providers: [{ name: envoy }] }], metrics: [{ providers: [{ name: prometheus }] }]', [])).toEqual([]);
    expect(find('accessLogging: [{ disabled: true }]', [])).toEqual([]);
    expect(find(TRACING)).toEqual([]);
  });

  it('tells of another one, where it stands, and which was meant', () => {
    const field = ['spec', 'tracing', 0, 'providers', 0, 'name'];
    expect(find(TRACING, [])).toMatchObject([
      { field, got: 'tempo; extensionProviders has none', fix: expect.stringContaining('write it') },
    ]);
    expect(find(TRACING, ['temp'])).toMatchObject([{ fix: 'did you mean temp?' }]);
  });

  it.each(['accessLogging', 'metrics'])('tells of it in %s', (aspect) => {
    expect(find(`${aspect}: [{ providers: [{ name: other }] }]`, [])).toHaveLength(1);
  });

  it('holds a program to what its Mesh has', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { providers: [TelemetryProvider.jsonAccessLog('json')] });
    new Telemetry(chart, 'logs', { accessLogs: [{ provider: 'json' }] });
    expect(findingCodes(chart)).toEqual([]);
    new Telemetry(chart, 'traces', { tracing: { provider: 'tempo' } });
    expect(MeshReport.of(chart).findings.map(({ code, path }) => [code, path])).toEqual([['MESH501', 'test/logs/Telemetry/Resource']]);
  });
});
