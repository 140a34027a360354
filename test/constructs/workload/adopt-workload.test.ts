import { ApiObject, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryRelease, DataPlane, HttpAccess, MeshedService, MeshPort, WorkloadProbe, ZeroTrustNamespace } from 'istio-constructs';
import { canary, manifest, names, newChart, pods, principal, rule, service, spec, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const POD = 'spec.template.spec';
const ports = [MeshPort.http(80, { targetPort: 8080 })];

interface PodParts {
  readonly labels?: object;
  readonly pod?: object;
  readonly containers?: object[];
}

/** A workload as Helm or a hand would write it: nothing in it knows of a mesh. */
function rawWorkload(chart: Chart, kind = 'Deployment', { labels = { app: 'legacy' }, pod = {}, containers }: PodParts = {}): ApiObject {
  const container = { name: 'main', image: 'registry.example.com/legacy:1', ports: [{ containerPort: 8080 }] };
  const template = { metadata: { labels }, spec: { containers: containers ?? [container], ...pod } };
  const selector = { matchLabels: { app: 'legacy' } };
  const metadata = { name: 'legacy', namespace: 'shop' };
  return new ApiObject(chart, `${kind}-legacy`, { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template } });
}

function closedShop(dataPlane = DataPlane.sidecar()): { chart: Chart; shop: ZeroTrustNamespace } {
  const chart = newChart();
  return { chart, shop: new ZeroTrustNamespace(chart, 'shop', { dataPlane }) };
}

describe('MeshedService.fromWorkload', () => {
  forEachPlane((plane) => {
    it.each(['Deployment', 'StatefulSet', 'DaemonSet'])('adds to a raw %s what the mesh needs, and nothing else', (kind) => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const legacy = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart, kind), { ports });
      const joining = plane.of<object>({
        sidecar: { 'sidecar.istio.io/inject': 'true' },
        ambient: { 'istio.io/dataplane-mode': 'ambient' },
      });

      expect(manifest(chart, kind, 'legacy').spec).toEqual({
        selector: { matchLabels: { app: 'legacy' } },
        template: {
          metadata: { labels: { app: 'legacy', version: 'v1', ...joining } },
          spec: {
            serviceAccountName: 'legacy',
            containers: [{ name: 'main', image: 'registry.example.com/legacy:1', ports: [{ containerPort: 8080, name: 'http' }] }],
          },
        },
      });
      expect(names(chart, 'ServiceAccount')).toEqual(['shop/legacy']);
      expect(spec(chart, 'Service', 'legacy')).toMatchObject({
        selector: { app: 'legacy' },
        ports: [{ name: 'http', appProtocol: 'http', port: 80, targetPort: 8080 }],
      });
      expect(legacy.tryDeployment).toBeUndefined();
      const refusal = {
        code: 'MESH080',
        path: 'test/shop/legacy',
        fix: 'change that workload itself',
        got: 'pods of a workload made elsewhere, or of another kind',
      };
      expectRefusal(() => legacy.deployment, refusal);
    });

    it('meshes a Deployment of cdk8s-plus', () => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const containers = [{ image: 'registry.example.com/legacy:1', portNumber: 8080 }];
      const theirs = new kplus.Deployment(chart, 'theirs', { metadata: { namespace: 'shop', name: 'legacy' }, containers });
      MeshedService.fromWorkload(shop, 'legacy', ApiObject.of(theirs), { ports });
      const deployment = manifest(chart, 'Deployment', 'legacy');
      expect(deployment).toHaveProperty('spec.template.metadata.labels', expect.objectContaining({ app: 'legacy', version: 'v1' }));
      expect(deployment).toHaveProperty(`${POD}.serviceAccountName`, 'legacy');
      expect(deployment).toHaveProperty(`${POD}.containers.0.ports`, [{ containerPort: 8080, name: 'http' }]);
    });

    it('takes part in calls like any other service', () => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const legacy = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart), { ports });
      service(shop, 'cart').calls(legacy);
      expect(spec(chart, 'AuthorizationPolicy', 'legacy')).toEqual({
        selector: { matchLabels: { app: 'legacy' } },
        action: 'ALLOW',
        rules: [rule(principal('shop', 'cart'), { ports: ['8080'] })],
      });
      const port = plane.of({ sidecar: 8080, ambient: 15008 });
      const { ingress } = spec(chart, 'NetworkPolicy', 'legacy');
      expect(ingress).toEqual([{ from: [pods('shop', { app: 'cart' })], ports: tcp(port) }]);
    });

    it('keeps the account that a workload runs under, and makes none', () => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const workload = rawWorkload(chart, 'Deployment', { pod: { serviceAccountName: 'old-account' } });
      const legacy = MeshedService.fromWorkload(shop, 'legacy', workload, { ports });
      expect(legacy.principal).toBe(principal('shop', 'old-account'));
      expect(names(chart, 'ServiceAccount')).toEqual([]);
      expect(manifest(chart, 'Deployment', 'legacy')).toHaveProperty(`${POD}.serviceAccountName`, 'old-account');
    });

    it('never leaves a workload under the account that all others share', () => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const workload = rawWorkload(chart, 'Deployment', { pod: { serviceAccountName: 'default' } });
      expect(MeshedService.fromWorkload(shop, 'legacy', workload, { ports }).serviceAccountName).toBe('legacy');
      expect(manifest(chart, 'Deployment', 'legacy')).toHaveProperty(`${POD}.serviceAccountName`, 'legacy');
    });

    it('releases a second version from a second workload', () => {
      const { chart, shop } = closedShop(plane.dataPlane);
      const legacy = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart), { ports });
      const second = rawWorkload(chart, 'StatefulSet');
      const release = canary(legacy, { canary: { version: 'v2', workload: second } });
      expect(release.tryDeployment).toBeUndefined();
      expect(() => release.deployment).toThrow('MESH080 at test/shop/legacy-release: ');
      const kind = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
      expect(names(chart, kind)).toEqual(['shop/legacy']);
      expect(manifest(chart, 'StatefulSet', 'legacy')).toMatchObject({
        spec: { template: { metadata: { labels: { app: 'legacy', version: 'v2' } } } },
      });
    });
  });

  it('keeps port names that are there, adds those that are missing, on the container that listens', () => {
    const { chart, shop } = closedShop();
    const main = { name: 'main', ports: [{ containerPort: 8080, name: 'web' }] };
    const side = { name: 'side', ports: [{ containerPort: 9090 }] };
    const workload = rawWorkload(chart, 'Deployment', { containers: [main, side] });
    const all = [...ports, MeshPort.grpc(9090), MeshPort.tcp(7000)];
    MeshedService.fromWorkload(shop, 'legacy', workload, { ports: all });
    expect(manifest(chart, 'Deployment', 'legacy')).toHaveProperty(`${POD}.containers`, [
      {
        name: 'main',
        ports: [
          { containerPort: 8080, name: 'web' },
          { containerPort: 7000, name: 'tcp' },
        ],
      },
      { name: 'side', ports: [{ containerPort: 9090, name: 'grpc' }] },
    ]);
  });

  it('survives a patch that comes later', () => {
    const { chart, shop } = closedShop();
    const workload = rawWorkload(chart);
    MeshedService.fromWorkload(shop, 'legacy', workload, { ports });
    workload.metadata.addAnnotation('team', 'buy');
    expect(manifest(chart, 'Deployment', 'legacy')).toMatchObject({
      metadata: { annotations: { team: 'buy' } },
      spec: { template: { metadata: { labels: { version: 'v1' } } } },
    });
  });

  it.each(['old-account', 'old.account', '1'])('takes the account %p, as Kubernetes does', (serviceAccountName) => {
    const { chart, shop } = closedShop();
    const workload = rawWorkload(chart, 'Deployment', { pod: { serviceAccountName } });
    expect(MeshedService.fromWorkload(shop, 'legacy', workload, { ports }).serviceAccountName).toBe(serviceAccountName);
  });

  it.each<[unknown, string, string, string]>([
    ['*', 'MESH032', '*', 'alone'],
    ['web*', 'MESH032', 'web*', 'alone'],
    ['Web', 'MESH032', 'Web', 'alone'],
    ['a/b', 'MESH032', 'a/b', 'alone'],
    ['', 'MESH032', "''", 'alone'],
    ['a'.repeat(254), 'MESH074', 'a'.repeat(254), 'shorter'],
    [5, 'MESH068', '5', 'leave it out'],
  ])('fails under the account %p, which there cannot be', (serviceAccountName, code, got, fix) => {
    const { chart, shop } = closedShop();
    const workload = rawWorkload(chart, 'Deployment', { pod: { serviceAccountName } });
    const act = () => MeshedService.fromWorkload(shop, 'legacy', workload, { ports });
    expectRefusal(act, { code, path: 'test/shop/legacy', fix, got });
  });

  it.each([undefined, {}, { template: {} }, { template: { spec: {} } }, { template: { spec: { containers: [] } } }])(
    'fails without a container: %j',
    (spec) => {
      const { chart, shop } = closedShop();
      const metadata = { name: 'legacy', namespace: 'shop' };
      const workload = new ApiObject(chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
      const act = () => MeshedService.fromWorkload(shop, 'legacy', workload, { ports });
      expectRefusal(act, { code: 'MESH079', path: 'test/shop/legacy', fix: 'set spec.template.spec.containers', got: 'none' });
    },
  );

  it.each([
    ['replicas', { replicas: 3 }],
    ['env', { env: {} }],
    ['readiness', { readiness: WorkloadProbe.tcp() }],
  ])('fails with %s, which the workload says itself', (option, props) => {
    const { chart, shop } = closedShop();
    const act = () => new MeshedService(shop, 'legacy', { workload: rawWorkload(chart), ports, ...props });
    expectRefusal(act, { code: 'MESH078', path: 'test/shop/legacy', fix: `drop ${option} here`, got: `${option} beside workload` });
  });

  it('fails with replicas of its second version, too', () => {
    const { chart, shop } = closedShop();
    const service = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart), { ports });
    const version = { version: 'v2', workload: rawWorkload(chart, 'StatefulSet'), replicas: 1 };
    const act = () => new CanaryRelease(shop, 'release', { service, canary: version, weight: 5 });
    expectRefusal(act, { code: 'MESH078', path: 'test/shop/release', fix: 'drop replicas here', got: 'replicas beside workload' });
  });

  it.each([
    ['MESH019', 'of another kind', 'Job', {}, 'pass the ApiObject of the workload itself', 'Job'],
    ['MESH044', 'on the network of its node', 'Deployment', { pod: { hostNetwork: true } }, 'switch hostNetwork off', 'hostNetwork: true'],
    ['MESH045', 'with another app label', 'Deployment', { labels: { app: 'other' } }, 'set name or version', 'other'],
    ['MESH045', 'with another version label', 'Deployment', { labels: { version: 'v9' } }, 'set name or version', 'v9'],
    [
      'MESH047',
      'whose port of that name is another',
      'Deployment',
      { containers: [{ name: 'main', ports: [{ containerPort: 9999, name: 'http' }] }] },
      'set targetPort, or a suffix',
      '9999',
    ],
  ])('fails with %s for a workload %s', (code, _, kind, parts, fix, got) => {
    const { chart, shop } = closedShop();
    const workload = rawWorkload(chart, kind, parts);
    const act = () => MeshedService.fromWorkload(shop, 'legacy', workload, { ports });
    expectRefusal(act, { code, path: 'test/shop/legacy', fix, got });
  });

  it('keeps two protocols on one port apart: only the TCP port gets the name', () => {
    const { chart, shop } = closedShop();
    const both = [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }];
    const workload = rawWorkload(chart, 'Deployment', { containers: [{ name: 'dns', image: 'dns', ports: both }] });
    MeshedService.fromWorkload(shop, 'legacy', workload, { ports: [MeshPort.tcp(53)] });
    expect(manifest(chart, 'Deployment', 'legacy')).toHaveProperty(`${POD}.containers.0.ports`, [
      { containerPort: 53, name: 'tcp' },
      { containerPort: 53, protocol: 'UDP' },
    ]);
  });

  it('fails for a workload in another namespace', () => {
    const { chart } = closedShop();
    const other = new ZeroTrustNamespace(chart, 'other', { dataPlane: DataPlane.sidecar() });
    const act = () => MeshedService.fromWorkload(other, 'legacy', rawWorkload(chart), { ports });
    expectRefusal(act, { code: 'MESH043', path: 'test/other/legacy', fix: 'namespace of the workload', got: 'shop' });
  });

  it('fails for a second version under another account', () => {
    const { chart, shop } = closedShop();
    const legacy = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart), { ports });
    const second = rawWorkload(chart, 'StatefulSet', { pod: { serviceAccountName: 'another' } });
    const act = () => canary(legacy, { canary: { version: 'v2', workload: second } });
    expect(act).toThrow(
      /^MESH046 at test\/shop\/legacy-release: StatefulSet legacy: all versions.* under one ServiceAccount, legacy\n  got: another\n/,
    );
  });

  it('fails for an image and a workload at a time', () => {
    const { chart, shop } = closedShop();
    const workload = rawWorkload(chart);
    const act = () => new MeshedService(shop, 'legacy', { ports, workload, image: 'registry.example.com/legacy:1' });
    expectRefusal(act, { code: 'MESH048', path: 'test/shop/legacy', fix: 'drop one', got: 'both' });
  });

  it('limits calls of a meshed StatefulSet by path', () => {
    const { chart, shop } = closedShop();
    const legacy = MeshedService.fromWorkload(shop, 'legacy', rawWorkload(chart, 'StatefulSet'), { ports });
    service(shop, 'cart').calls(legacy, { http: [HttpAccess.get('/a')] });
    const operation = { methods: ['GET'], paths: ['/a'], ports: ['8080'] };
    expect(spec(chart, 'AuthorizationPolicy', 'legacy').rules).toEqual([rule(principal('shop', 'cart'), operation)]);
  });
});
