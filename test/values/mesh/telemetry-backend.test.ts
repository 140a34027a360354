import type { Chart } from 'cdk8s';
import { DataPlane, Infrastructure, TelemetryBackend, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, pods, service, spec, tcp } from '../../builders';

const HOST = 'otel.observe.svc.cluster.local';
const COLLECTOR = { to: [pods('observe')], ports: tcp(4317) };

function closedShop(dataPlane: DataPlane): Chart {
  const chart = newChart();
  const infrastructure = Infrastructure.of({ telemetryBackends: [TelemetryBackend.of(HOST, 4317)] });
  service(new ZeroTrustNamespace(chart, 'shop', { dataPlane, infrastructure }), 'cart');
  return chart;
}

describe('TelemetryBackend', () => {
  it('is known and open to the proxies of the pods in sidecar mode', () => {
    const chart = closedShop(DataPlane.sidecar());
    expect(spec(chart, 'Sidecar', 'cart').egress).toEqual([{ hosts: [`observe/${HOST}`] }]);
    expect(spec(chart, 'NetworkPolicy', 'infrastructure').egress).toContainEqual(COLLECTOR);
  });

  it('is open to the waypoint, not to the pods, in ambient mode', () => {
    const chart = closedShop(DataPlane.ambient({ waypoint: Waypoint.ALWAYS }));
    expect(spec(chart, 'NetworkPolicy', 'infrastructure').egress).not.toContainEqual(COLLECTOR);
    expect(spec(chart, 'NetworkPolicy', 'waypoint').egress).toContainEqual(COLLECTOR);
  });

  it.each([0, 65536, 4317.5])('fails for port %d', (port) => {
    expect(() => TelemetryBackend.of(HOST, port)).toThrow('MESH002 at TelemetryBackend: ');
  });

  it('fails for a host outside the cluster', () => {
    expect(() => TelemetryBackend.of('otel.example.com', 4317)).toThrow('MESH008 at TelemetryBackend');
  });
});
