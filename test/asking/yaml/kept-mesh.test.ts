import { App, Chart, Yaml } from 'cdk8s';
import { DataPlane, Mesh, type MeshQuestion, MeshReport, NetworkLayer, Verdicts, ZeroTrustNamespace } from 'istio-constructs';
import { service } from '../../builders';

interface Written {
  readonly mesh: object;
  readonly yaml: string;
}

/** A cart that web calls, in a mesh with a trust domain of its own, as a synth writes it. */
function written(trustDomain: string, ...others: string[]): Written {
  const app = new App();
  const chart = new Chart(app, 'shop');
  new Mesh(chart, 'mesh', { trustDomain });
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar(), networkPolicy: NetworkLayer.NONE });
  const cart = service(shop, 'cart');
  service(shop, 'web').calls(cart);
  for (const other of others) service(shop, other);
  return { mesh: JSON.parse(MeshReport.of(app).toJson()) as object, yaml: Yaml.stringify(...(chart.toJson() as object[])) };
}

const ONE = written('one.example.com');
const TWO = written('two.example.com', 'till');
const QUESTION: MeshQuestion = { caller: 'web', callee: 'cart' };

const verdicts = (yaml: string, mesh: object | string) =>
  Verdicts.ofFiles(
    { name: 'shop.yaml', text: yaml },
    { name: 'mesh.json', text: typeof mesh === 'string' ? mesh : JSON.stringify(mesh, undefined, 2) },
  );

describe('a mesh.json among manifests', () => {
  it('tells the trust domain, which no manifest does', () => {
    expect(Verdicts.ofYaml(ONE.yaml).ask(QUESTION)).toMatchObject({ allowed: false });
    expect(verdicts(ONE.yaml, ONE.mesh).ask(QUESTION)).toMatchObject({ allowed: true, identity: 'one.example.com/ns/shop/sa/web' });
  });

  it('tells the line of the program beside the place in the manifests', () => {
    const { decidedBy, text } = verdicts(ONE.yaml, ONE.mesh).ask(QUESTION);
    expect(decidedBy).toMatchObject({ file: 'shop.yaml', line: expect.any(Number), declaredAt: expect.stringMatching(/:\d+:\d+$/) });
    expect(text).toMatch(/\(shop.yaml:\d+:1, said at .*:\d+:\d+\)$/);
  });

  it('tells how pods join the mesh in a namespace that somebody else makes', () => {
    const question = { caller: 'pod:tills', callee: 'cart' };
    const tills = { name: 'tills', mode: 'sidecar', enrolled: true };
    const mtlsIn = (mesh: object) =>
      verdicts(ONE.yaml, mesh)
        .ask(question)
        .trail.find(({ layer }) => layer === 'mtls')?.allowed;
    expect(mtlsIn(ONE.mesh)).toBe(false);
    expect(mtlsIn({ ...ONE.mesh, namespaces: [tills] })).toBe(true);
  });

  it('is read for the cluster whose objects are there', () => {
    const both = { version: 1, clusters: [ONE.mesh, TWO.mesh] };
    expect(verdicts(ONE.yaml, both).ask(QUESTION).identity).toBe('one.example.com/ns/shop/sa/web');
    expect(verdicts(TWO.yaml, both).ask(QUESTION).identity).toBe('two.example.com/ns/shop/sa/web');
  });

  it('is refused where several clusters have the same objects and differ, and where it is cut off', () => {
    const both = { version: 1, clusters: [ONE.mesh, { ...ONE.mesh, trustDomain: 'three.example.com' }] };
    expect(() => verdicts(ONE.yaml, both)).toThrow(/^MESH885 at mesh.json: /);
    expect(() => verdicts(ONE.yaml, JSON.stringify(ONE.mesh, undefined, 2).slice(0, 500))).toThrow(/^MESH890 at mesh.json:/);
  });
});
