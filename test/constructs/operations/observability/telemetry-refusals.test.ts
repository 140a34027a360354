import { App, Chart } from 'cdk8s';
import {
  DataPlane,
  Deferred,
  IstioMetric,
  Mesh,
  MeshNamespace,
  Telemetry,
  type TelemetryProps,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { edgeGateway, newChart, type Shop, shop } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';

const path = 'test/telemetry';
const TRACING = { samplingPercentage: 50 };

const attempt =
  (props: (one: Shop) => TelemetryProps, dataPlane = DataPlane.ambient()) =>
  (): void => {
    const one = shop({ dataPlane });
    new Telemetry(one.chart, 'telemetry', props(one));
  };

describe('a Telemetry', () => {
  it('fails for two targets at once', () => {
    const act = attempt(({ cart, shop: inNamespace }) => ({ service: cart, inNamespace, tracing: TRACING }));
    expectRefusal(act, { code: 'MESH852', path, got: 'inNamespace and service', fix: 'one Telemetry for each' });
  });

  it.each<TelemetryProps>([{}, { accessLogs: [] }, { metrics: [] }])('fails where it says nothing: %j', (props) => {
    expectRefusal(
      attempt(() => props),
      { code: 'MESH865', path, fix: 'set tracing, accessLogs or metrics' },
    );
  });

  it.each<[string, TelemetryProps]>([
    ['tracing', { tracing: TRACING }],
    ['access logs', { accessLogs: [{}] }],
    ['metrics', { metrics: [{ disabled: true }] }],
  ])('fails for %s that are said of a target already', (words, props) => {
    const act = attempt(({ chart, cart }) => {
      new Telemetry(chart, 'first', { service: cart, ...props });
      return { service: cart, ...props };
    });
    expectRefusal(act, { code: 'MESH871', path, got: `${words} here and at test/first`, fix: `all of the ${words} in one` });
  });

  it('fails for what Mesh has said', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { accessLog: true });
    const act = () => new Telemetry(chart, 'telemetry', { accessLogs: [{ filter: 'response.code >= 500' }] });
    expectRefusal(act, { code: 'MESH871', path, got: 'access logs here and at test/mesh', fix: '' });
  });

  it('fails for somebody of another App', () => {
    const other = new Chart(new App(), 'other');
    const act = attempt(() => ({ gateway: edgeGateway(other, DataPlane.ambient()), tracing: TRACING }));
    expectRefusal(act, { code: 'MESH872', path, got: 'other/edge/gateway', fix: 'beside that' });
  });

  it('fails for a metric by two names, and a share that is none', () => {
    const metrics = [{ metric: IstioMetric.ALL, customMetric: 'orders' }];
    expectRefusal(
      attempt(() => ({ metrics })),
      { code: 'MESH882', path, got: 'ALL_METRICS and orders', fix: 'leave out' },
    );
    expectRefusal(
      attempt(() => ({ tracing: { samplingPercentage: 101 } })),
      { code: 'MESH029', path, got: '101', fix: 'percent' },
    );
    expectRefusal(
      attempt(() => ({ tracing: { provider: ' ' } })),
      { code: 'MESH063', path, fix: 'extensionProviders' },
    );
  });

  it('fails for a filter or a tag that cannot be read, and takes one that is known only later', () => {
    const fix = 'write one, such as response.code >= 500';
    expectRefusal(
      attempt(() => ({ accessLogs: [{ filter: 'response.code = 500' }] })),
      { code: 'MESH912', path, got: 'response.code = 500, which cannot be read from here on: = 500', fix },
    );
    expectRefusal(
      attempt(() => ({ metrics: [{ tags: { method: 'request.method(' } }] })),
      { code: 'MESH912', path, got: 'request.method(, which cannot be read from here on: its end', fix },
    );
    expect(attempt(() => ({ accessLogs: [{ filter: `request.host == ${Deferred.text(7)}` }] }))).not.toThrow();
  });

  it('fails for a waypoint that there cannot be, or that is of another namespace', () => {
    const act = attempt(({ shop: waypointOf }) => ({ waypointOf, tracing: TRACING }), DataPlane.sidecar());
    expectRefusal(act, { code: 'MESH888', path, got: 'namespace shop', fix: 'say inNamespace' });

    const chart = newChart();
    const platform = new MeshNamespace(chart, 'platform', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    const guest = new ZeroTrustNamespace(chart, 'guest', {
      dataPlane: DataPlane.ambient({ waypoint: Waypoint.sharedFrom(platform.namespaceName) }),
    });
    const shared = () => new Telemetry(chart, 'telemetry', { waypointOf: guest, tracing: TRACING });
    expectRefusal(shared, { code: 'MESH887', path, got: 'namespace guest, which shares the one of platform', fix: 'name that namespace' });
  });
});
