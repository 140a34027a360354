import { ApiObject } from 'cdk8s';
import {
  type CanaryReleaseProps,
  CanaryRelease,
  DataPlane,
  Deferred,
  MeshedService,
  MeshPort,
  RequestMatch,
  SessionAffinity,
  WeightsOwner,
} from 'istio-constructs';
import { shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';

describe('a release that cannot be', () => {
  const refusal = { path: 'test/shop/release' };
  const version = { version: 'v2', image: 'registry.example.com/cart:2' };

  function attempt(props: Partial<CanaryReleaseProps>, cart: Parameters<typeof shop>[1] = {}): () => CanaryRelease {
    const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
    return () => new CanaryRelease(one.shop, 'release', { service: one.cart, canary: version, ...props });
  }

  it('fails without weight and steps, and with both', () => {
    expectRefusal(attempt({}), { ...refusal, code: 'MESH054', fix: 'set weight', got: 'neither' });
    expectRefusal(attempt({ steps: [] }), { ...refusal, code: 'MESH054', fix: 'set weight', got: 'steps: []' });
    expectRefusal(attempt({ weight: 5, steps: [5] }), { ...refusal, code: 'MESH024', fix: 'drop one', got: 'both' });
    expectRefusal(attempt({ weight: 5, step: 1 }), { ...refusal, code: 'MESH024', fix: 'drop one', got: 'both' });
  });

  it('fails for steps that do not grow', () => {
    expectRefusal(attempt({ steps: [5, 50, 20] }), { ...refusal, code: 'MESH055', fix: 'order the steps', got: '5, 50, 20' });
    expectRefusal(attempt({ steps: [5, 5] }), { ...refusal, code: 'MESH055', fix: 'order the steps', got: '5, 5' });
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

  it('fails for the version that serves already', () => {
    expectRefusal(attempt({ weight: 5, canary: { ...version, version: 'v1' } }), {
      ...refusal,
      code: 'MESH056',
      fix: 'for example v2',
      got: 'v1',
    });
  });

  it('fails without pods, and for matches and affinity of a service that reads no HTTP', () => {
    expectRefusal(attempt({ weight: 5, canary: { version: 'v2' } }), { ...refusal, code: 'MESH021', fix: 'set image', got: 'neither' });
    expectRefusal(attempt({ weight: 5, canary: { version: 'v2', image: ' ' } }), { ...refusal, code: 'MESH049', fix: 'set image' });
    const tcp = { ports: [MeshPort.tcp(9000)] };
    const http = { ...refusal, code: 'MESH060', fix: 'MeshPort.http' };
    expect(attempt({ weight: 5 }, tcp)).not.toThrow();
    expectRefusal(attempt({ weight: 5, match: [RequestMatch.path('/')] }, tcp), { ...http, got: 'match for a service without' });
    expectRefusal(attempt({ weight: 5, affinity: SessionAffinity.cookie() }, tcp), { ...http, got: 'affinity for a service without' });
  });

  it('fails for one version twice, for more than all requests, and for affinity to weights that others move', () => {
    const others = [{ ...version, version: 'v3', weight: 60 }];
    expectRefusal(attempt({ weight: 5, others: [version] }), { ...refusal, code: 'MESH096', fix: 'of its own', got: 'v2 twice' });
    expectRefusal(attempt({ weight: 50, others }), { ...refusal, code: 'MESH760', fix: 'take some', got: 'v2: 50, v3: 60' });
    expectRefusal(attempt({ affinity: SessionAffinity.cookie(), weightsOwnedBy: WeightsOwner.person('me') }), {
      ...refusal,
      code: 'MESH097',
      fix: 'leave affinity out',
      got: 'affinity, and weights moved by me',
    });
  });

  it('fails without pods for the requests that it gets', () => {
    const none = { ...version, replicas: 0 };
    const match = [RequestMatch.header('x-canary', 'true')];
    const pods = { ...refusal, code: 'MESH075', fix: 'set replicas to 1' };
    expectRefusal(attempt({ weight: 5, canary: none }), { ...pods, got: 'replicas: 0 at weight 5' });
    expectRefusal(attempt({ steps: [5, 20], step: 2, canary: none }), { ...pods, got: 'replicas: 0 at weight 20' });
    expectRefusal(attempt({ weight: 0, canary: none, match }), { ...pods, got: 'replicas: 0 with match' });
    expectRefusal(attempt({ weight: 5, canary: none, weightsOwnedBy: WeightsOwner.person('the shop team') }), {
      ...pods,
      got: 'replicas: 0 at weight 5',
    });
  });

  it.each<[string, Partial<CanaryReleaseProps>]>([
    ['it gets none', { weight: 0, canary: { ...version, replicas: 0 } }],
    ['no step is taken', { steps: [5], step: 0, canary: { ...version, replicas: 0 } }],
    [
      'somebody else makes them first',
      { weightsOwnedBy: WeightsOwner.person('the shop team'), canary: { ...version, replicas: 0 }, match: [RequestMatch.path('/')] },
    ],
    ['their number is known only later', { weight: 5, canary: { ...version, replicas: Deferred.number(1) } }],
  ])('is taken without pods where %s', (_, props) => {
    expect(attempt(props)).not.toThrow();
  });

  it('fails for a service of another App', () => {
    const [here, there] = [shop({ dataPlane: DataPlane.sidecar() }), shop({ dataPlane: DataPlane.sidecar() })];
    const act = () => new CanaryRelease(here.shop, 'release', { service: there.cart, canary: version, weight: 5 });
    expectRefusal(act, { ...refusal, code: 'MESH077', fix: 'beside the service', got: 'test/shop/cart of another App' });
  });

  it('fails for more matches than one route can have', () => {
    const match = Array.from({ length: 65 }, (_, index) => RequestMatch.header('x-user', String(index)));
    expectRefusal(attempt({ weight: 1, match }), { ...refusal, code: 'MESH057', fix: 'share', got: '65' });
  });

  it.each([
    ['an image', 'MESH059', 'set workload', 'image registry', () => version],
    ['neither', 'MESH021', 'set workload', 'neither', () => ({ version: 'v2' })],
    ['both', 'MESH048', 'drop one', 'both', (workload: ApiObject) => ({ ...version, workload })],
  ])('fails with %s for a service whose pods were made elsewhere', (_, code, fix, got, pods) => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const template = { spec: { containers: [{ name: 'main' }] } };
    const metadata = { name: 'legacy', namespace: 'shop' };
    const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    const service = MeshedService.fromWorkload(one.shop, 'legacy', workload, { ports: [MeshPort.http(8080)] });
    const act = () => new CanaryRelease(one.shop, 'release', { service, canary: pods(workload), weight: 5 });
    expectRefusal(act, { ...refusal, code, fix, got });
  });
});
