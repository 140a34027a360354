import { App, type Chart, Testing } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { MeshProgram } from 'istio-constructs-pulumi';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { forEachPlane } from '../for-each-plane';
import { deploy, type Registered, type Stack } from './stack';

const sidecar = { dataPlane: DataPlane.sidecar() };

const keyOf = ({ kind, metadata }: any): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** Without what is for the provider alone. */
function asWritten({ status: _, ...manifest }: Readonly<Record<string, any>>): object {
  const { annotations = {}, ...metadata } = manifest.metadata;
  const own = Object.entries(annotations).filter(([key]) => !key.startsWith('pulumi.com/'));
  return { ...manifest, metadata: own.length > 0 ? { ...metadata, annotations: Object.fromEntries(own) } : metadata };
}

describe('the online shop through Pulumi', () => {
  forEachPlane(({ dataPlane, of }) => {
    let stack: Stack;
    const written = Testing.synth(new OnlineShop(new App(), 'shop', { dataPlane })) as object[];

    beforeAll(async () => {
      stack = await deploy(() => new MeshProgram('online-shop', (chart) => void new OnlineShop(chart, 'shop', { dataPlane })));
    }, 30_000);

    const indexOf = (name: string, type: string): number => stack.resources.indexOf(stack.named(type, name));

    it('registers every object that cdk8s writes, field by field', () => {
      const byKey = new Map(stack.objects.map(({ inputs }) => [keyOf(inputs), asWritten(inputs)]));
      expect([...byKey.keys()].sort()).toEqual(written.map(keyOf).sort());
      for (const manifest of written) expect(byKey.get(keyOf(manifest))).toEqual(manifest);
    });

    it('gives each object the type that the Kubernetes provider has for it', () => {
      const types = new Map(stack.objects.map(({ inputs, type }) => [inputs.kind, type]));
      expect(types.get('Namespace')).toBe('kubernetes:core/v1:Namespace');
      expect(types.get('Deployment')).toBe('kubernetes:apps/v1:Deployment');
      expect(types.get('AuthorizationPolicy')).toBe('kubernetes:security.istio.io/v1:AuthorizationPolicy');
      expect(types.get('HTTPRoute')).toBe('kubernetes:gateway.networking.k8s.io/v1:HTTPRoute');
    });

    it('has every object right below the program, and nothing else', () => {
      const program = stack.named(':MeshProgram', 'online-shop');
      const below = stack.resources.filter(({ parent }) => parent === program.urn);
      expect(below).toEqual(stack.objects);
      expect(stack.resources.filter((one) => one !== program && !below.includes(one)).map(({ type }) => type)).toEqual([]);
    });

    it('has every object after its namespace, and every Deployment after its account', () => {
      for (const { name, inputs, after } of stack.objects.filter(({ inputs: { metadata } }) => metadata.namespace)) {
        expect([name, after]).toEqual([name, expect.arrayContaining([`online-shop/${inputs.metadata.namespace}`])]);
      }
      expect(stack.named(':Deployment', 'online-shop/shop/cart-v1').after).toContain('online-shop/shop/cart');
    });

    it('has pods and gateways after all that closes them, and routes after the pods that they send to', () => {
      const closing = /:(PeerAuthentication|AuthorizationPolicy|NetworkPolicy|Sidecar)$/;
      const guardsOf = (type: string, name: string) => {
        const { after } = stack.named(type, name);
        const named = stack.objects.filter((one) => closing.test(one.type) && after.includes(one.name));
        return named.map((one) => `${one.inputs.kind} ${one.name.replace('online-shop/', '')}`).sort();
      };
      const pods = guardsOf(':Deployment', 'online-shop/shop/product-v1');
      expect(pods).toEqual(
        expect.arrayContaining([
          'AuthorizationPolicy shop/deny-all',
          of({ sidecar: 'AuthorizationPolicy shop/product', ambient: 'AuthorizationPolicy shop/product-waypoint' }),
          'NetworkPolicy shop/default-deny',
          'NetworkPolicy shop/product',
          'PeerAuthentication shop/default',
        ]),
      );
      expect(pods.filter((name) => /cart|payments/.test(name))).toEqual([]);
      const route = stack.objects.find(
        ({ inputs }) => /^(VirtualService|HTTPRoute)$/.test(inputs.kind) && inputs.metadata.name === 'cart',
      )!;
      expect(route.after).toEqual(expect.arrayContaining(['online-shop/shop/cart-v1', 'online-shop/shop/cart-v2']));
      const waypoints = stack.objects.filter(({ inputs }) => inputs.kind === 'Gateway' && inputs.metadata.namespace === 'shop');
      expect(waypoints).toHaveLength(of({ sidecar: 0, ambient: 1 }));
      for (const { name } of waypoints) expect(guardsOf(':Gateway', name)).toContain('AuthorizationPolicy shop/waypoint-deny-all');
    });

    it('has what a route names before it, and a Gateway after the policy that names it', () => {
      expect(indexOf('online-shop/payments/payment', ':DestinationRule')).toBeLessThan(
        indexOf('online-shop/payments/payment', ':VirtualService'),
      );
      const place = (one: Registered): number => stack.resources.indexOf(one);
      for (const one of stack.objects) {
        const { spec, metadata } = one.inputs;
        const named = ({ kind, name, namespace = metadata.namespace }: any) => stack.named(`:${kind}`, `online-shop/${namespace}/${name}`);
        for (const parent of spec?.parentRefs ?? []) expect(place(named(parent))).toBeLessThan(place(one));
        const gateways = (spec?.targetRefs ?? []).filter(({ kind }: any) => kind === 'Gateway');
        for (const gateway of gateways) expect(place(one)).toBeLessThan(place(named(gateway)));
      }
    });
  });

  it('logs what the rules found on the program, with the construct that it is about', async () => {
    const program = () => new MeshProgram('online-shop', (chart: Chart) => void new OnlineShop(chart, 'shop', sidecar));
    const { logs } = await deploy(program, { isPreview: true });
    expect(logs).toEqual(
      expect.arrayContaining([expect.stringMatching(/^info on online-shop: MESH209 at online-shop\/shop\/payments\/payment: /)]),
    );
  });
});
