import { MeshPort, WorkloadProbe } from 'istio-constructs';
import { newChart, service, spec } from '../../builders';

type Probe = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** How the kubelet asks a container with the ports 8080 and 9901. */
function probeOf(probe: WorkloadProbe): Probe {
  const chart = newChart();
  const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.tcp(9901)];
  service(chart, 'cart', { ports, readiness: probe });
  const { template } = spec(chart, 'Deployment', 'cart-v1') as { template: { spec: { containers: [{ readinessProbe: Probe }] } } };
  return template.spec.containers[0].readinessProbe;
}

describe('WorkloadProbe', () => {
  it('asks the first port of the container, not of the Service, unless said otherwise', () => {
    expect(probeOf(WorkloadProbe.tcp()).tcpSocket).toEqual({ port: 8080 });
    expect(probeOf(WorkloadProbe.http('/ready')).httpGet).toMatchObject({ path: '/ready', port: 8080 });
  });

  it('asks the port that it is told, declared or not', () => {
    expect(probeOf(WorkloadProbe.tcp({ port: 9901 })).tcpSocket).toEqual({ port: 9901 });
    expect(probeOf(WorkloadProbe.http('/', { port: 8558 })).httpGet).toMatchObject({ path: '/', port: 8558 });
  });

  it('asks one way alone', () => {
    expect(probeOf(WorkloadProbe.tcp())).not.toHaveProperty('httpGet');
    expect(probeOf(WorkloadProbe.http('/ready'))).not.toHaveProperty('tcpSocket');
  });

  it.each([0, 65536, 80.5])('fails for port %d', (port) => {
    expect(() => WorkloadProbe.tcp({ port })).toThrow(/^MESH002 at WorkloadProbe: a probe port/);
    expect(() => WorkloadProbe.http('/', { port })).toThrow(/^MESH002 at WorkloadProbe: a probe port/);
  });

  it.each(['', 'health', '/my health', '/health#top'])('fails for %p, which is no path', (path) => {
    expect(() => WorkloadProbe.http(path)).toThrow(/^MESH006 at WorkloadProbe: /);
  });

  it('asks by gRPC the first port, or the one that it is told, and for a service if it is told one', () => {
    expect(probeOf(WorkloadProbe.grpc()).grpc).toEqual({ port: 8080 });
    expect(probeOf(WorkloadProbe.grpc({ port: 9090, service: 'cart' })).grpc).toEqual({ port: 9090, service: 'cart' });
  });

  it('runs a command in the container', () => {
    const probe = probeOf(WorkloadProbe.exec('test', '-f', '/tmp/ready'));
    expect(probe.exec).toEqual({ command: ['test', '-f', '/tmp/ready'] });
    expect(probe).not.toHaveProperty('tcpSocket');
  });
});
