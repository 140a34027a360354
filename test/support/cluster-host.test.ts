import { MeshPort, TelemetryBackend, UnmeshedService } from 'istio-constructs';
import { namespaceOfHost } from '../../lib/support/cluster-host';
import { newChart } from '../builders';
import { expectRefusal } from './refusal';

describe('a host in the cluster', () => {
  it.each([
    ['db.databases.svc.cluster.local', 'databases'],
    ['orders-db.1data.svc.cluster.local', '1data'],
    ['db.svc.svc.acme.internal', 'svc'],
    ['1db.databases.svc.x', 'databases'],
    [`${'a'.repeat(63)}.${'b'.repeat(63)}.svc.cluster.local`, 'b'.repeat(63)],
  ])('tells of %s that it is in namespace %s', (host, namespace) => {
    expect(namespaceOfHost('test', host)).toBe(namespace);
  });

  it.each([
    'db',
    'db.databases',
    'db.databases.svc',
    'db.databases.svc.',
    'api.example.com',
    'DB.databases.svc.cluster.local',
    '',
    'db-.x.svc.cluster.local',
    '-db.x.svc.cluster.local',
    'db.x-.svc.cluster.local',
    'db.x.svc.-',
    'db.x.svc.a..b',
    'db.x.svc.cluster.local.',
  ])('fails for %p', (host) => {
    const refusal = { code: 'MESH008', fix: '.svc.cluster.local', got: host };
    const make = () => new UnmeshedService(newChart(), 'db', { host, ports: [MeshPort.tcp(5432)] });
    expectRefusal(make, { ...refusal, path: 'test/db' });
    expectRefusal(() => TelemetryBackend.of(host, 4317), { ...refusal, path: 'TelemetryBackend' });
  });

  it.each(['http://db.databases.svc.cluster.local', 'db.databases.svc.cluster.local:5432', 'a.db.databases.svc.cluster.local'])(
    'fails for %p, which is more than a host of a Service',
    (host) => {
      expectRefusal(() => namespaceOfHost('test', host), { code: 'MESH008', path: 'test', fix: 'orders-db.databases', got: host });
    },
  );

  it.each([`${'a'.repeat(64)}.databases.svc.cluster.local`, `db.databases.svc.${'a.'.repeat(118)}a`])(
    'fails for %p, which is too long',
    (host) => {
      const refusal = { code: 'MESH074', fix: 'shorter', got: host };
      const make = () => new UnmeshedService(newChart(), 'db', { host, ports: [MeshPort.tcp(5432)] });
      expectRefusal(make, { ...refusal, path: 'test/db' });
      expectRefusal(() => TelemetryBackend.of(host, 4317), { ...refusal, path: 'TelemetryBackend' });
    },
  );
});
