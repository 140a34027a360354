import { ApiObject } from 'cdk8s';
import {
  type BlueGreenReleaseProps,
  BlueGreenRelease,
  Color,
  DataPlane,
  Deferred,
  MeshedService,
  MeshPort,
  RequestMatch,
} from 'istio-constructs';
import { shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';

describe('blue and green that cannot be', () => {
  const refusal = { path: 'test/shop/release' };
  const green = { version: 'v2', image: 'registry.example.com/cart:2' };
  const preview = [RequestMatch.header('x-preview', 'true')];

  function attempt(props: Partial<BlueGreenReleaseProps>, cart: Parameters<typeof shop>[1] = {}): () => BlueGreenRelease {
    const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
    return () => new BlueGreenRelease(one.shop, 'release', { service: one.cart, green, live: Color.BLUE, ...props });
  }

  it('fail for a word that is no colour', () => {
    const red = 'RED' as Color;
    expectRefusal(attempt({ live: red }), { ...refusal, code: 'MESH068', fix: 'Color.BLUE', got: "'RED'" });
  });

  it('fail where green is the version that serves already', () => {
    expectRefusal(attempt({ green: { ...green, version: 'v1' } }), { ...refusal, code: 'MESH056', fix: 'for example v2', got: 'v1' });
  });

  it('are told by that name, as a canary is by its own', () => {
    expect(attempt({ green: { ...green, version: 'v1' } })).toThrow('a green version is another version than the one that serves');
  });

  it('fail without an image for green, and for a preview of a service that reads no HTTP', () => {
    expectRefusal(attempt({ green: { version: 'v2' } }), { ...refusal, code: 'MESH021', fix: 'set image', got: 'neither' });
    const tcp = { ports: [MeshPort.tcp(9000)] };
    const preview = [RequestMatch.header('x-preview', 'true')];
    expect(attempt({}, tcp)).not.toThrow();
    expectRefusal(attempt({ preview }, tcp), { ...refusal, code: 'MESH060', fix: 'MeshPort.http', got: 'preview for a service without' });
  });

  it('fail without pods for the requests that green gets', () => {
    const none = { ...green, replicas: 0 };
    const pods = { ...refusal, code: 'MESH075', fix: 'set replicas to 1' };
    expectRefusal(attempt({ green: none, live: Color.GREEN }), { ...pods, got: 'replicas: 0 with live: Color.GREEN' });
    expectRefusal(attempt({ green: none, preview }), { ...pods, got: 'replicas: 0 with preview' });
    expectRefusal(attempt({ green: { ...green, replicas: -1 } }), { ...refusal, code: 'MESH015', fix: 'within these bounds' });
  });

  it.each<[string, Partial<BlueGreenReleaseProps>]>([
    ['it gets none', { green: { ...green, replicas: 0 } }],
    ['their number is known only later', { green: { ...green, replicas: Deferred.number(1) }, live: Color.GREEN, preview }],
  ])('are taken without pods of green where %s', (_, props) => {
    expect(attempt(props)).not.toThrow();
  });

  it('fail for a service of another App', () => {
    const [here, there] = [shop({ dataPlane: DataPlane.sidecar() }), shop({ dataPlane: DataPlane.sidecar() })];
    const act = () => new BlueGreenRelease(here.shop, 'release', { service: there.cart, green, live: Color.BLUE });
    expectRefusal(act, { ...refusal, code: 'MESH077', fix: 'beside the service', got: 'test/shop/cart of another App' });
  });

  it('fail for more matches than one route can have', () => {
    const many = Array.from({ length: 65 }, (_, index) => RequestMatch.header('x-user', String(index)));
    expectRefusal(attempt({ preview: many }), { ...refusal, code: 'MESH057', fix: 'share', got: '65' });
  });

  it('fail with an image for a service whose pods were made elsewhere', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const template = { spec: { containers: [{ name: 'main' }] } };
    const metadata = { name: 'legacy', namespace: 'shop' };
    const workload = new ApiObject(one.chart, 'legacy', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    const service = MeshedService.fromWorkload(one.shop, 'legacy', workload, { ports: [MeshPort.http(8080)] });
    const act = () => new BlueGreenRelease(one.shop, 'release', { service, green, live: Color.BLUE });
    expectRefusal(act, { ...refusal, code: 'MESH059', fix: 'set workload', got: 'image registry' });
  });
});
