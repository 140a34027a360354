import { Mesh, TelemetryProvider } from 'istio-constructs';
import { newChart } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const PLACE = { host: 'tempo.observability.svc.cluster.local', port: 4317 };
const SERVICE = { service: PLACE.host, port: 4317 };
const entries = (...providers: TelemetryProvider[]) => new Mesh(newChart(), 'mesh', { providers }).extensionProviders as object[];

describe('a TelemetryProvider', () => {
  it.each<[string, TelemetryProvider, object]>([
    ['OTLP by gRPC', TelemetryProvider.openTelemetry('a', PLACE), { opentelemetry: SERVICE }],
    [
      'OTLP by HTTP',
      TelemetryProvider.openTelemetry('a', { ...PLACE, httpPath: '/v1/traces' }),
      { opentelemetry: { ...SERVICE, http: { path: '/v1/traces', timeout: '5s' } } },
    ],
    ['Zipkin', TelemetryProvider.zipkin('a', PLACE), { zipkin: SERVICE }],
    ['Datadog', TelemetryProvider.datadog('a', PLACE), { datadog: SERVICE }],
    ['logs by OTLP', TelemetryProvider.otlpAccessLog('a', PLACE), { envoyOtelAls: SERVICE }],
    ['logs as text', TelemetryProvider.textAccessLog('a'), { envoyFileAccessLog: { path: '/dev/stdout' } }],
    [
      'logs as text of its own',
      TelemetryProvider.textAccessLog('a', { format: '%RESPONSE_CODE%', path: '/var/log/a' }),
      { envoyFileAccessLog: { path: '/var/log/a', logFormat: { text: '%RESPONSE_CODE%\n' } } },
    ],
    ['logs as JSON', TelemetryProvider.jsonAccessLog('a'), { envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: {} } } }],
  ])('is %s, in the words of the mesh configuration', (_, provider, entry) => {
    expect(entries(provider)).toEqual([{ name: 'a', ...entry }]);
  });

  it('is reached at the port of its pods', () => {
    expect(TelemetryProvider.zipkin('a', { ...PLACE, podPort: 9000 })._facts.backend).toEqual({
      host: PLACE.host,
      namespaceName: 'observability',
      port: 9000,
    });
  });

  it('fails without a name, and beside another one of its name', () => {
    const unnamed = () => TelemetryProvider.jsonAccessLog(' ');
    expectRefusal(unnamed, { code: 'MESH889', path: 'TelemetryProvider', fix: 'give it one' });
    const twice = () => entries(TelemetryProvider.jsonAccessLog('a'), TelemetryProvider.textAccessLog('a'));
    expectRefusal(twice, { code: 'MESH839', path: 'test/mesh', got: 'a twice', fix: 'another name' });
  });

  it('fails for a port that is none', () => {
    expect(() => TelemetryProvider.zipkin('a', { ...PLACE, port: 0 })).toThrow('MESH002');
  });
});
