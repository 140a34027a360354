import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CanaryRelease, type DataPlane, MeshedService, MeshNamespace, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { MeshProgram, type MeshProgramOptions } from 'istio-constructs-pulumi';
import { forEachPlane } from '../for-each-plane';
import { type Changes, changes, type Known } from './changes';
import { deploy, type Registered } from './stack';

type Build = (chart: Chart) => void;

const ports = [MeshPort.http(8080)];
const image = (version: string): string => `registry.example.com/cart:${version}`;

const programs = async (...all: Array<[string, Build, MeshProgramOptions?]>): Promise<readonly Registered[]> =>
  (await deploy(() => all.forEach(([name, build, options]) => new MeshProgram(name, build, options)))).resources;

const mesh = (build: Build, options?: MeshProgramOptions) => programs(['mesh', build, options]);

const GATEWAYS = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' };

const NOTHING: Changes = { created: [], updated: [], deleted: [] };

const sorted = (labels: readonly string[]): string[] => [...labels].sort();

describe('a change of a program', () => {
  forEachPlane(({ dataPlane }) => {
    const cart = (scope: Construct, version = 'v1'): MeshedService =>
      new MeshedService(scope, 'cart', { image: image(version), ports, version });
    const open: Build = (chart) => void cart(new MeshNamespace(chart, 'shop', { dataPlane }));
    const closed: Build = (chart) => void cart(closedNamespace(chart, dataPlane));
    const inRelease: Build = (chart) => {
      const shop = closedNamespace(chart, dataPlane);
      new CanaryRelease(shop, 'release', { service: cart(shop), canary: { version: 'v2', image: image('v2') }, weight: 50 });
    };

    it('makes the new one before the old one goes, where a namespace gets another name', async () => {
      const before = await mesh(closed);
      const after = await mesh((chart) => void cart(new ZeroTrustNamespace(chart, 'shop', { name: 'store', dataPlane })));
      const { created, updated, deleted } = changes(before, after);
      expect(created[0]).toBe('Namespace mesh/store');
      expect(deleted.at(-1)).toBe('Namespace mesh/shop');
      expect(sorted(created).map((label) => label.replace('/store', '/shop'))).toEqual(sorted(deleted));
      expect(updated).toEqual([]);
    });

    it('keeps what a stack has below a component for each construct', async () => {
      const layered: Build = (chart) => inRelease(new Construct(new Chart(chart, 'region'), 'stage') as Chart);
      const after = await mesh(layered);
      const before = after.map((one) => (one.type.startsWith('kubernetes:') ? { ...one, urn: olderUrn(one) } : one));
      expect(before.filter(({ urn }, index) => urn === after[index].urn).map(({ name }) => name)).toEqual(['mesh']);
      expect(changes(before, after)).toEqual(NOTHING);
      const renamed = before.map((one): Known => ({ ...one, urn: one.urn.replace('::mesh', '::old') }));
      expect(changes(renamed, await mesh(layered, { aliases: [{ name: 'old' }] }))).toEqual(NOTHING);
      // Where an update ended half-way, the program has its new name already and its objects have not.
      const halfWay = renamed.map((one) => (one.type.startsWith('kubernetes:') ? one : after[0]));
      expect(changes(halfWay, await mesh(layered, { aliases: [{ name: 'old' }] }))).toEqual(NOTHING);
    });

    it('does nothing when the program is renamed with an alias, and makes all anew without', async () => {
      const before = await programs(['old', closed]);
      expect(changes(before, await mesh(closed, { aliases: [{ name: 'old' }] }))).toEqual(NOTHING);
      expect(changes(before, await mesh(closed)).deleted).toHaveLength(before.length);
    });

    it('does nothing to objects that move to a program which takes them over', async () => {
      const other: Build = (chart) => void new MeshNamespace(chart, 'other', { dataPlane });
      const both: Build = (chart) => [open, other].forEach((build) => build(chart));
      const before = await programs(['first', both], ['second', () => {}]);
      for (const takesOver of [[], ['first']]) {
        const { created, deleted } = changes(before, await programs(['first', other], ['second', open, { takesOver }]));
        expect([created.length, deleted.length]).toEqual(takesOver.length > 0 ? [0, 0] : [before.length - 3, before.length - 3]);
      }
    });

    it('has the same objects of two programs apart, for two clusters', async () => {
      const both = await programs(['east', closed], ['west', closed]);
      expect(new Set(both.map(({ urn }) => urn)).size).toBe(both.length);
      expect(changes(both, await programs(['west', closed], ['east', closed]))).toEqual(NOTHING);
    });
  });

  it.each([
    ['networking.istio.io', 'ServiceEntry', 'v1beta1', 'v1', { hosts: ['db.example.com'], location: 'MESH_EXTERNAL' }],
    ['security.istio.io', 'AuthorizationPolicy', 'v1', 'v1beta1', {}],
    ['gateway.networking.k8s.io', 'ReferenceGrant', 'v1beta1', 'v1', { from: [GATEWAYS], to: [{ group: '', kind: 'Secret' }] }],
    ['autoscaling', 'HorizontalPodAutoscaler', 'v1', 'v2', {}],
    ['keda.sh', 'ScaledObject', 'v1alpha1', 'v1beta1', {}],
  ])('updates an object of %s that is written in another version', async (group, kind, from, to, spec) => {
    const own =
      (version: string): Build =>
      (chart) => {
        new ApiObject(chart, 'own', {
          apiVersion: `${group}/${version}`,
          kind,
          metadata: { name: 'own', namespace: 'shop' },
          spec,
        });
      };
    expect(changes(await mesh(own(from)), await mesh(own(to)))).toEqual({ ...NOTHING, updated: [`${kind} mesh/shop/own`] });
  });
});

const closedNamespace = (scope: Construct, dataPlane: DataPlane): ZeroTrustNamespace =>
  new ZeroTrustNamespace(scope, 'shop', { dataPlane });

/** Where older stacks have the objects of a release in a namespace that a Construct in a Chart is around. */
function olderUrn({ type, name, inputs: { kind } }: Registered): string {
  const ofNamespace = ['Namespace', 'PeerAuthentication', 'Gateway', 'ConfigMap'];
  const isOfNamespace = ofNamespace.includes(kind) || /\/(deny-all|default-deny|infrastructure|waypoint|waypoint-deny-all)$/.test(name);
  const owner = name.endsWith('/cart-v2') && kind === 'Deployment' ? 'CanaryRelease' : 'MeshedService';
  const around = ['MeshProgram', 'Chart', 'Construct', 'ZeroTrustNamespace', ...(isOfNamespace ? [] : [owner])];
  return `urn:pulumi:test::shop::${[...around.map((one) => `istio-constructs:index:${one}`), type].join('$')}::${name}`;
}
