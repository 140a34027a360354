import { App, type Chart, Testing } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { MeshProgram } from 'istio-constructs-pulumi';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { forEachPlane } from '../for-each-plane';
import { deploy, type Stack } from './stack';

const sidecar = { dataPlane: DataPlane.sidecar() };

const keyOf = ({ kind, metadata }: any): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

const withoutStatus = ({ status: _, ...manifest }: Readonly<Record<string, any>>): object => manifest;

describe('the online shop through Pulumi', () => {
  forEachPlane(({ dataPlane }) => {
    let stack: Stack;
    const written = Testing.synth(new OnlineShop(new App(), 'shop', { dataPlane })) as object[];

    beforeAll(async () => {
      stack = await deploy(() => new MeshProgram('online-shop', (chart) => void new OnlineShop(chart, 'shop', { dataPlane })));
    }, 30_000);

    const indexOf = (name: string, type: string): number => stack.resources.indexOf(stack.named(type, name));

    it('registers every object that cdk8s writes, field by field', () => {
      const byKey = new Map(stack.objects.map(({ inputs }) => [keyOf(inputs), withoutStatus(inputs)]));
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

    it('has what a route or a policy names before it', () => {
      expect(indexOf('online-shop/payments/payment', ':DestinationRule')).toBeLessThan(
        indexOf('online-shop/payments/payment', ':VirtualService'),
      );
      for (const { inputs, urn } of stack.objects.filter(({ inputs: { spec } }) => spec?.targetRefs ?? spec?.parentRefs)) {
        const refs: any[] = [...(inputs.spec.targetRefs ?? []), ...(inputs.spec.parentRefs ?? [])];
        for (const { kind, name, namespace } of refs) {
          const target = stack.named(`:${kind}`, `online-shop/${namespace ?? inputs.metadata.namespace}/${name}`);
          expect(stack.resources.indexOf(target)).toBeLessThan(stack.resources.findIndex((one) => one.urn === urn));
        }
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
