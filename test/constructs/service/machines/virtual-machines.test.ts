import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshNamespace,
  MeshPort,
  RequestRouting,
  ServiceIdentity,
  VirtualMachines,
  type VirtualMachinesProps,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import type { Construct } from 'constructs';
import { findingCodes, grant, manifest, names, newChart, principal, rule, service, shop, spec, tcp } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal, type Refusal } from '../../../support/refusal';

const SIDECAR = { dataPlane: DataPlane.sidecar() };
const NAMED: VirtualMachinesProps = { ports: [MeshPort.mysql(3306)], machines: [{ address: '10.20.0.5' }, { address: 'fd00::5' }] };
const REGISTERING: VirtualMachinesProps = { ports: [MeshPort.http(80, { targetPort: 8080 })], cidrs: ['10.21.0.0/24'] };
const block = (cidr: string) => ({ ipBlock: { cidr } });

/** The shop, and machines in a closed namespace beside it. */
function withMachines(plane: { readonly dataPlane: DataPlane }) {
  const one = shop(plane);
  const legacy = new ZeroTrustNamespace(one.chart, 'legacy', SIDECAR);
  return { ...one, legacy, mysql: new VirtualMachines(legacy, 'mysqldb', NAMED), batch: new VirtualMachines(legacy, 'batch', REGISTERING) };
}

describe('machines that are named', () => {
  it('have an account, a group, an entry each and a Service that selects them', () => {
    const chart = newChart();
    const legacy = new MeshNamespace(chart, 'legacy', SIDECAR);
    new VirtualMachines(legacy, 'mysqldb', {
      ports: [MeshPort.mysql(3306, { targetPort: 13306 })],
      version: 'v8',
      network: 'vm-network',
      machines: [
        { address: '10.20.0.5', locality: 'eu/a', weight: 3, labels: { disk: 'ssd' } },
        { address: 'FD00::5', network: 'other' },
      ],
    });
    const labels = { app: 'mysqldb', version: 'v8' };
    expect(names(chart, 'ServiceAccount')).toEqual(['legacy/mysqldb']);
    expect(manifest(chart, 'WorkloadGroup', 'mysqldb')).toMatchObject({
      metadata: { name: 'mysqldb', namespace: 'legacy' },
      spec: { metadata: { labels }, template: { serviceAccount: 'mysqldb', network: 'vm-network' } },
    });
    expect(spec(chart, 'WorkloadEntry', 'mysqldb-10.20.0.5-vm-network')).toEqual({
      address: '10.20.0.5',
      labels: { ...labels, disk: 'ssd' },
      serviceAccount: 'mysqldb',
      weight: 3,
      locality: 'eu/a',
      network: 'vm-network',
    });
    expect(spec(chart, 'WorkloadEntry', 'mysqldb-fd00--5-other')).toMatchObject({ address: 'FD00::5', network: 'other', labels });
    expect(spec(chart, 'Service', 'mysqldb')).toMatchObject({
      selector: { app: 'mysqldb' },
      ports: [{ name: 'mysql', appProtocol: 'mysql', port: 3306, targetPort: 13306 }],
    });
    expect(findingCodes(chart)).toEqual([]);
  });

  it('get a command each, with their own address', () => {
    const { mysql } = withMachines(SIDECAR);
    expect(mysql.configureCommands).toEqual([
      'istioctl x workload entry configure --name mysqldb --namespace legacy --internalIP 10.20.0.5 --output mysqldb-10.20.0.5',
      'istioctl x workload entry configure --name mysqldb --namespace legacy --internalIP fd00::5 --output mysqldb-fd00--5',
    ]);
  });
});

describe('machines that register themselves', () => {
  it('have a group that says where they are and when they are ready, and no entry', () => {
    const chart = newChart();
    const legacy = new MeshNamespace(chart, 'legacy', SIDECAR);
    const props = { ...REGISTERING, cidrs: ['10.21.0.0/24', '10.22.0.7'] };
    const batch = new VirtualMachines(legacy, 'batch', { ...props, readiness: WorkloadProbe.http('/ready') });
    expect(manifest(chart, 'WorkloadGroup', 'batch')).toMatchObject({
      metadata: { annotations: { 'istio-constructs/cidrs': '10.21.0.0/24,10.22.0.7/32' } },
      spec: { template: { serviceAccount: 'batch' }, probe: { httpGet: { path: '/ready', port: 8080 } } },
    });
    expect(names(chart, 'WorkloadEntry')).toEqual([]);
    expect(batch.configureCommands).toEqual([
      'istioctl x workload entry configure --name batch --namespace legacy --autoregister --output batch',
    ]);
  });

  it.each([
    [WorkloadProbe.tcp({ port: 9000 }), { tcpSocket: { port: 9000 } }],
    [WorkloadProbe.exec('test', '-f', '/tmp/ready'), { exec: { command: ['test', '-f', '/tmp/ready'] } }],
  ])('are asked in other ways too', (readiness, probe) => {
    const chart = newChart();
    new VirtualMachines(new MeshNamespace(chart, 'legacy', SIDECAR), 'batch', { ...REGISTERING, readiness });
    expect(spec(chart, 'WorkloadGroup', 'batch')).toMatchObject({ probe });
  });
});

describe('calls of machines and to them', () => {
  forEachPlane((plane) => {
    const caller = plane.of({ sidecar: 3306, ambient: 15008 });

    it('open the other end by address, and themselves by identity', () => {
      const { chart, cart, product, mysql, batch } = withMachines(plane);
      cart.calls(mysql);
      batch.calls(product);
      batch.calls(mysql);
      expect(grant(chart, 'mysqldb')).toMatchObject({
        selector: { matchLabels: { app: 'mysqldb' } },
        rules: [rule(principal('legacy', 'batch'), { ports: ['3306'] }), rule(principal('shop', 'cart'), { ports: ['3306'] })],
      });
      expect(spec(chart, 'NetworkPolicy', 'cart')).toMatchObject({
        egress: [{ to: [block('10.20.0.5/32'), block('fd00::5/128')], ports: tcp(caller) }],
      });
      expect(spec(chart, 'NetworkPolicy', 'product')).toMatchObject({
        ingress: [{ from: [block('10.21.0.0/24')], ports: tcp(plane.of({ sidecar: 8080, ambient: 15008 })) }],
      });
      expect(names(chart, 'NetworkPolicy').filter((name) => name.startsWith('legacy/'))).toEqual([
        'legacy/default-deny',
        'legacy/infrastructure',
      ]);
      expect(findingCodes(chart)).toEqual([]);
    });

    it('come through tunnels from callers in ambient mode, and say that they end these', () => {
      const { chart, cart, mysql } = withMachines(plane);
      cart.calls(mysql);
      const tunnel = plane.of({ sidecar: undefined, ambient: 'http' });
      const labels = { app: 'mysqldb', version: 'v1', ...(tunnel && { 'networking.istio.io/tunnel': tunnel }) };
      expect(spec(chart, 'WorkloadEntry', 'mysqldb-10.20.0.5')).toMatchObject({ labels });
      expect(spec(chart, 'WorkloadGroup', 'mysqldb')).toEqual({ metadata: { labels }, template: { serviceAccount: 'mysqldb' } });
      expect(spec(chart, 'WorkloadGroup', 'batch')).toMatchObject({ metadata: { labels: { app: 'batch', version: 'v1' } } });
    });

    it('may be limited to requests, refused, and open to identities', () => {
      const { chart, cart, product, batch } = withMachines(plane);
      cart.calls(batch, { http: [HttpAccess.get('/jobs/*')] });
      batch.access.deny(product);
      batch.access.allow(ServiceIdentity.of('billing', 'report', { dataPlane: plane.dataPlane }));
      expect(grant(chart, 'batch')).toMatchObject({
        rules: [
          rule(principal('billing', 'report'), { ports: ['8080'] }),
          rule(principal('shop', 'cart'), { methods: ['GET'], paths: ['/jobs/*'], ports: ['8080'] }),
        ],
      });
      expect(names(chart, 'AuthorizationPolicy')).toContain('legacy/batch-deny');
    });
  });

  it('are in the scope of sidecars, their own and those of callers', () => {
    const { chart, cart, product, mysql, batch } = withMachines(SIDECAR);
    cart.calls(mysql);
    batch.calls(product);
    expect(spec(chart, 'Sidecar', 'cart')).toMatchObject({ egress: [{ hosts: ['legacy/mysqldb.legacy.svc.cluster.local'] }] });
    expect(spec(chart, 'Sidecar', 'batch')).toMatchObject({
      workloadSelector: { labels: { app: 'batch' } },
      egress: [{ hosts: ['shop/product.shop.svc.cluster.local'] }],
    });
  });

  it('may come in through a gateway', () => {
    const { chart, batch } = withMachines(SIDECAR);
    const edge = new ZeroTrustNamespace(chart, 'edge', SIDECAR);
    new IngressGateway(edge, 'door', { tlsSecret: 'cert' }).expose(batch, { host: 'batch.example.com' });
    expect(names(chart, 'HTTPRoute')).toContain('legacy/batch-door');
    expect(JSON.stringify(spec(chart, 'NetworkPolicy', 'door'))).toContain('10.21.0.0/24');
    expect(findingCodes(chart)).toEqual([]);
  });

  it('need no NetworkPolicy where namespaces are open', () => {
    const chart = newChart();
    const legacy = new MeshNamespace(chart, 'legacy', SIDECAR);
    const web = service(new MeshNamespace(chart, 'front', SIDECAR), 'web');
    web.calls(new VirtualMachines(legacy, 'mysqldb', NAMED));
    expect(names(chart, 'NetworkPolicy')).toEqual([]);
    expect(findingCodes(chart)).toEqual(['MESH206']);
  });
});

describe('machines that Istio would not find', () => {
  const refused = (props: Partial<VirtualMachinesProps>, expected: Omit<Refusal, 'path'>) => {
    const legacy = new MeshNamespace(newChart(), 'legacy', SIDECAR);
    expectRefusal(() => new VirtualMachines(legacy, 'vm', { ...NAMED, ...props }), { path: 'test/legacy/vm', ...expected });
  };

  it('fails without addresses, and with both kinds', () => {
    refused({ machines: undefined }, { code: 'MESH950', fix: "cidrs: ['10.20.0.0/24']", got: 'neither machines nor cidrs' });
    refused({ machines: [], cidrs: [] }, { code: 'MESH950', fix: "cidrs: ['10.20.0.0/24']", got: 'neither machines nor cidrs' });
    refused({ cidrs: ['10.21.0.0/24'] }, { code: 'MESH950', fix: "cidrs: ['10.20.0.0/24']", got: 'machines and cidrs' });
  });

  it.each(['mysql.example.com', 'unix:///var/run/mysql.sock', '10.20.0.0/24', 'fe80::1%eth0', ''])('fails at %j', (address) => {
    refused({ machines: [{ address }] }, { code: 'MESH952', fix: "write its address, such as '10.20.0.5'", got: address });
  });

  it('fails with one address twice', () => {
    refused(
      { machines: [{ address: '10.20.0.5' }, { address: '10.20.0.5' }] },
      { code: 'MESH953', fix: 'name it once', got: '10.20.0.5 twice' },
    );
    refused(
      { machines: [{ address: 'fd00::5' }, { address: 'FD00:0::5' }] },
      { code: 'MESH953', fix: 'name it once', got: 'FD00:0::5 twice' },
    );
  });

  it('fails with a readiness that nobody asks about', () => {
    const readiness = WorkloadProbe.tcp();
    refused({ readiness }, { code: 'MESH954', fix: 'leave readiness out', got: 'readiness of machines that are named one by one' });
    refused(
      { machines: undefined, cidrs: ['10.21.0.0/24'], readiness: WorkloadProbe.grpc() },
      { code: 'MESH954', fix: 'use WorkloadProbe.http', got: 'WorkloadProbe.grpc' },
    );
  });

  it('fails with labels that are those of all', () => {
    refused(
      { machines: [{ address: '10.20.0.5', labels: { version: 'v9' } }] },
      { code: 'MESH955', fix: 'give the label another name', got: 'version: v9 at 10.20.0.5' },
    );
  });

  it.each(['', 'eu//a', 'eu/a/b/c', 'eu/*', 'eu west'])('fails at locality %j', (locality) => {
    refused({ machines: [{ address: '10.20.0.5', locality }] }, { code: 'MESH956', fix: 'write region', got: JSON.stringify(locality) });
  });
});

describe('machines in ambient mode', () => {
  const machines = (scope: Construct) => new VirtualMachines(scope, 'vm', NAMED);

  it('fails, for no ztunnel runs there', () => {
    const { shop: ambient } = shop({ dataPlane: DataPlane.ambient() });
    expectRefusal(() => machines(ambient), {
      code: 'MESH951',
      path: 'test/shop/vm',
      fix: 'a namespace of their own with DataPlane.sidecar()',
      got: 'machines in namespace shop, which is in ambient mode',
    });
  });

  it('fails where the namespace is declared later', () => {
    const chart = newChart('test', { namespace: 'late' });
    machines(chart);
    expect(() => new MeshNamespace(chart, 'late', { dataPlane: DataPlane.ambient() })).toThrow(/^MESH951 /);
  });
});

describe('the name of machines', () => {
  it('fails where a service has it', () => {
    const { shop: namespace } = shop(SIDECAR);
    expectRefusal(() => new VirtualMachines(namespace, 'vm', { ...NAMED, name: 'cart' }), {
      code: 'MESH020',
      path: 'test/shop/vm',
      fix: 'another name',
    });
  });

  it('fails as a service whose versions are made here', () => {
    const { mysql } = withMachines(SIDECAR);
    expect(() => new RequestRouting(mysql, 'rules', { service: mysql as never, rules: [] })).toThrow(/^MESH068 /);
  });
});
