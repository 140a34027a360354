import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  DataPlane,
  type IMeshNamespace,
  Infrastructure,
  Mesh,
  MeshNamespace,
  type MeshNamespaceAttributes,
  MeshPort,
  NetworkLayer,
  Waypoint,
  WrittenMesh,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
  ZeroTrustStage,
} from 'istio-constructs';
import type { ImportedNamespace } from '../../../../lib/constructs/namespace/imported-namespace';
import { manifests, newChart, service } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';
import { meshJsonOf, newBilling, writtenBy } from '../../../written';

type Said = Omit<ZeroTrustNamespaceProps, 'name'>;

const written = (scope: IConstruct): WrittenMesh => WrittenMesh.fromJson(meshJsonOf(scope));

/** Two services that a program declares in a namespace of another, which calls lead between. */
function livingIn(import_: (chart: Chart) => IMeshNamespace): unknown[] {
  const chart = newChart();
  const scope = import_(chart) as ImportedNamespace;
  const [web, api] = ['web', 'api'].map((id) => service(scope, id, { ports: [MeshPort.http(80, { targetPort: 8080 })] }));
  web.calls(api);
  return manifests(chart);
}

describe('MeshNamespace.fromMesh', () => {
  forEachPlane((plane) => {
    const { dataPlane } = plane;
    const infrastructure = Infrastructure.of({ monitoringNamespace: 'watch', controlPlaneNamespace: 'istio-blue' });
    it.each<[string, Omit<MeshNamespaceAttributes, 'name' | 'dataPlane'>]>([
      ['open', {}],
      ['closed', { zeroTrust: true }],
      ['closed, with an infrastructure of its own', { zeroTrust: true, infrastructure }],
      ['closed without NetworkPolicies', { zeroTrust: true, networkPolicy: NetworkLayer.NONE }],
      ['watched', { zeroTrust: true, stage: ZeroTrustStage.OBSERVE }],
      ['half closed', { zeroTrust: true, stage: ZeroTrustStage.ALLOW_KNOWN }],
    ])('is lived in as if all had been copied: %s', (_, { zeroTrust, ...said }) => {
      const theirs = newChart('theirs');
      const props: Said = { dataPlane, ...said };
      const Namespace = zeroTrust ? ZeroTrustNamespace : MeshNamespace;
      new Namespace(theirs, 'billing', props);
      const read = livingIn((chart) => MeshNamespace.fromMesh(chart, 'billing', { mesh: written(theirs) }));
      const copied = livingIn((chart) => MeshNamespace.fromName(chart, 'billing', { name: 'billing', dataPlane, zeroTrust, ...said }));
      expect(read).toEqual(copied);
      expect(read.length).toBeGreaterThan(5);
    });

    it('has none of its own objects', () => {
      const chart = newChart();
      const { namespaceName } = MeshNamespace.fromMesh(chart, 'theirs', { mesh: writtenBy(newBilling({ dataPlane })), name: 'billing' });
      expect(namespaceName).toBe('billing');
      expect(manifests(chart)).toEqual([]);
    });

    it('is closed where the whole mesh is, though this program does not say so', () => {
      const theirs = newChart('theirs');
      new Mesh(theirs, 'mesh', { defaultDeny: true });
      new MeshNamespace(theirs, 'billing', { dataPlane });
      const objects = livingIn((chart) => MeshNamespace.fromMesh(chart, 'billing', { mesh: written(theirs) }));
      const policy = { kind: 'AuthorizationPolicy', metadata: { name: 'web', namespace: 'billing' } };
      expect(objects.filter((one) => (one as typeof policy).kind === policy.kind).length).toBeGreaterThan(0);
    });
  });

  it('has the waypoint and the revision that it has there', () => {
    const dataPlane = DataPlane.ambient({ waypoint: Waypoint.ALWAYS, revision: 'blue' });
    const chart = newChart();
    const there = MeshNamespace.fromMesh(chart, 'billing', { mesh: writtenBy(newBilling({ dataPlane })) });
    expect(there.dataPlane.revision).toBe('blue');
    const web = service(there as ImportedNamespace, 'web');
    web.access.allowAnyone('a catalogue');
    expect(manifests(chart)).toContainEqual(
      expect.objectContaining({ kind: 'AuthorizationPolicy', metadata: expect.objectContaining({ name: 'web-waypoint' }) as unknown }),
    );
  });

  it('fails where the other program has none of that name, and lists those that it has', () => {
    const act = () => MeshNamespace.fromMesh(newChart(), 'biling', { mesh: writtenBy(newBilling()) });
    expectRefusal(act, { code: 'MESH946', path: 'test/biling', got: 'biling', fix: 'did you mean billing? there are billing' });
    const none = newChart('none');
    service(none, 'loose');
    const empty = () => MeshNamespace.fromMesh(newChart(), 'default', { mesh: written(none) });
    expectRefusal(empty, { code: 'MESH946', path: 'test/default', got: 'default', fix: 'declare it in that program first' });
  });

  it('fails in a mesh with other names', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { trustDomain: 'acme.example' });
    const act = () => MeshNamespace.fromMesh(chart, 'billing', { mesh: writtenBy(newBilling()) });
    expectRefusal(act, { code: 'MESH949', path: 'test/billing', got: 'trust domain cluster.local', fix: 'trustDomainAliases' });
  });
});
