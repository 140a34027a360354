import { App, Chart } from 'cdk8s';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { isMaker, joinedTelemetry, recordTelemetry } from '../../../lib/graph/observability/record-telemetry';
import { OF_THE_MESH } from '../../../lib/model/observability/telemetry';

const charts = () => {
  const app = new App();
  return { a: new Chart(app, 'a'), b: new Chart(app, 'b'), said: () => MeshGraph.of(app).telemetryOf(OF_THE_MESH) };
};

describe('what is said of one target', () => {
  it('is joined, and made by the first path, in whichever order it was said', () => {
    const { a, b, said } = charts();
    recordTelemetry(b, OF_THE_MESH, { metrics: [{ provider: 'prometheus' }] });
    recordTelemetry(a, OF_THE_MESH, { accessLogs: [{ provider: 'envoy' }] });
    expect(joinedTelemetry(said())).toEqual({ accessLogs: [{ provider: 'envoy' }], metrics: [{ provider: 'prometheus' }] });
    expect([a, b].map((one) => isMaker(one, said()))).toEqual([true, false]);
  });

  it('is made by whoever has the object in any case', () => {
    const { a, b, said } = charts();
    recordTelemetry(a, OF_THE_MESH, { metrics: [{ provider: 'prometheus' }] });
    recordTelemetry(b, OF_THE_MESH, { accessLogs: [{ provider: 'envoy' }] }, true);
    expect([a, b].map((one) => isMaker(one, said()))).toEqual([false, true]);
  });

  it('is said once', () => {
    const { a, b } = charts();
    recordTelemetry(a, OF_THE_MESH, { tracing: { provider: 'tempo' } });
    expect(() => recordTelemetry(b, OF_THE_MESH, { tracing: { provider: 'tempo' } })).toThrow('MESH871');
  });
});
