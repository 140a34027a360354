import { ApiObject } from 'cdk8s';
import { type CanaryReleaseProps, CanaryRelease, DataPlane, MeshedService, MeshPort, RequestMatch } from 'istio-constructs';
import { canary, shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';

describe('a release that cannot be', () => {
  const refusal = { code: 'MESH024', path: 'test/shop/release' };
  const version = { version: 'v2', image: 'registry.example.com/cart:2' };

  function attempt(props: Partial<CanaryReleaseProps>, cart: Parameters<typeof shop>[1] = {}): () => CanaryRelease {
    const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
    return () => new CanaryRelease(one.shop, 'release', { service: one.cart, canary: version, ...props });
  }

  it('fails without weight and steps, and with both', () => {
    expectRefusal(attempt({}), { ...refusal, fix: 'set weight', got: 'neither' });
    expectRefusal(attempt({ steps: [] }), { ...refusal, fix: 'set weight', got: 'steps: []' });
    expectRefusal(attempt({ weight: 5, steps: [5] }), { ...refusal, fix: 'drop one', got: 'both' });
    expectRefusal(attempt({ weight: 5, step: 1 }), { ...refusal, fix: 'drop one', got: 'both' });
  });

  it('fails for steps that do not grow', () => {
    expectRefusal(attempt({ steps: [5, 50, 20] }), { ...refusal, fix: 'order the steps', got: '5, 50, 20' });
    expectRefusal(attempt({ steps: [5, 5] }), { ...refusal, fix: 'order the steps', got: '5, 5' });
  });

  it.each([
    ['weight', { weight: 101 }],
    ['weight', { weight: -1 }],
    ['weight', { weight: 0.5 }],
    ['each of steps', { steps: [0, 5] }],
    ['each of steps', { steps: [5, 101] }],
    ['step', { steps: [5, 50], step: 3 }],
    ['step', { steps: [5, 50], step: -1 }],
    ['replicas', { weight: 5, canary: { ...version, replicas: -1 } }],
  ])('fails for a %s out of bounds: %j', (what, props) => {
    expectRefusal(attempt(props), { code: 'MESH015', path: 'test/shop/release', fix: 'within these bounds' });
    expect(attempt(props)).toThrow(what);
  });

  it('fails for the version that serves already, and for a second release', () => {
    expectRefusal(attempt({ weight: 5, canary: { ...version, version: 'v1' } }), { ...refusal, fix: 'for example v2', got: 'v1' });
    const one = shop({ dataPlane: DataPlane.sidecar() });
    canary(one.cart);
    const second = () => new CanaryRelease(one.shop, 'release', { service: one.cart, canary: { ...version, version: 'v3' }, weight: 5 });
    expectRefusal(second, { ...refusal, fix: 'finish the other release', got: 'a second one for cart' });
  });

  it('fails without pods, and for a service that reads no HTTP', () => {
    expectRefusal(attempt({ weight: 5, canary: { version: 'v2' } }), { ...refusal, fix: 'set image', got: 'neither' });
    expectRefusal(attempt({ weight: 5, canary: { version: 'v2', image: ' ' } }), { ...refusal, fix: 'set image' });
    expectRefusal(attempt({ weight: 5 }, { ports: [MeshPort.tcp(9000)] }), { ...refusal, fix: 'MeshPort.http', got: 'a service without' });
  });

  it('fails for more matches than one route can have', () => {
    const match = Array.from({ length: 65 }, (_, index) => RequestMatch.header('x-user', String(index)));
    expectRefusal(attempt({ weight: 1, match }), { ...refusal, fix: 'share', got: '65' });
  });

  it('fails with an image for a service whose pods were made elsewhere', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const template = { spec: { containers: [{ name: 'main' }] } };
    const metadata = { name: 'legacy', namespace: 'shop' };
    const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    const service = MeshedService.fromWorkload(one.shop, 'legacy', workload, { ports: [MeshPort.http(8080)] });
    const act = () => new CanaryRelease(one.shop, 'release', { service, canary: version, weight: 5 });
    expectRefusal(act, { ...refusal, fix: 'set workload', got: 'image registry' });
  });
});
