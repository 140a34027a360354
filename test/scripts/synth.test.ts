import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '../..');
const SCRIPT = path.join(ROOT, 'scripts/synth/synth.mjs');

jest.setTimeout(60_000);

// Projects inside the repository, so that they find the packages; git ignores the name.
const projects: string[] = [];
let project: string;
beforeAll(() => {
  project = newProject();
});
afterAll(() => projects.forEach((folder) => rmSync(folder, { recursive: true })));

function newProject(): string {
  const folder = mkdtempSync(path.join(ROOT, '.manifests-test-'));
  projects.push(folder);
  writeFileSync(path.join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node --import tsx main.ts\noutput: manifests\n');
  return folder;
}

const SHOP = `
import { App, Chart } from 'cdk8s';
import { DataPlane, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';

const app = new App();
const shop = new ZeroTrustNamespace(new Chart(app, 'shop'), 'shop', { dataPlane: DataPlane.sidecar() });
const cart = new MeshedService(shop, 'cart', { image: 'ghcr.io/acme/cart:1.0.0', ports: [MeshPort.http(8080)] });
`;

describe('npm run synth', () => {
  it('says what it wrote, with the number of objects, and writes one mesh.json', () => {
    const { status, stdout } = synth(`${SHOP} app.synth();`);

    expect(status).toBe(0);
    expect(stdout).toMatch(/^manifests\/shop\.k8s\.yaml: \d+ objects$/m);
    expect(stdout).toMatch(/^manifests\/access\.md: 0 callees$/m);
    expect(stdout).toMatch(/^manifests\/mesh\.json: 1 cluster$/m);
    expect(stdout).toMatch(/^needs Istio 1\.29\.0 or later; a network plugin that enforces NetworkPolicy$/m);
    expect(JSON.parse(readFileSync(path.join(project, 'manifests/mesh.json'), 'utf8'))).toMatchObject({ version: 1, clusters: [{}] });
  });

  it('writes the same mesh.json and access.md in every checkout, with lines that a terminal opens', () => {
    const checkout = newProject();
    const program = `${SHOP} cart.calls(new MeshedService(shop, 'product', { image: 'p', ports: [MeshPort.http(8080)] })); app.synth();`;
    synth(program);
    synth(program, checkout);

    const [mesh, again] = [project, checkout].map((folder) => readFileSync(path.join(folder, 'manifests/mesh.json'), 'utf8'));
    const [access, samePage] = [project, checkout].map((folder) => readFileSync(path.join(folder, 'manifests/access.md'), 'utf8'));
    expect([again, samePage]).toEqual([mesh, access]);
    expect(access).toMatch(/^\| shop\/cart \| 8080 \(http\) \| all \| .* \| shop\/shop\/cart \(main\.ts\) \|$/m);
    expect(JSON.parse(mesh)).toMatchObject({ clusters: [{ calls: [{ declaredAt: expect.stringMatching(/^main\.ts:8:\d+$/) }] }] });
  });

  it('tells of a namespace that was in another data plane at the last synth, and once', () => {
    const folder = newProject();
    const [sidecar, ambient] = ['sidecar', 'ambient'].map(
      (plane) => `${SHOP.replace('DataPlane.sidecar', `DataPlane.${plane}`)} app.synth();`,
    );

    expect(synth(sidecar, folder).stderr).toBe('');
    expect(synth(ambient, folder).stderr).toMatch(
      /^warning MESH120 at shop\/shop: .*\n.*left behind in the cluster: Sidecar cart\n.*kubectl delete --namespace shop sidecar.networking.istio.io\/cart\n/,
    );
    expect(readFileSync(path.join(folder, 'manifests/mesh.json'), 'utf8')).toContain('kubectl delete --namespace shop');
    expect(synth(ambient, folder).stderr).toBe('');
  });

  it('lets warnings of the program through', () => {
    const { status, stderr } = synth(`${SHOP} console.error('warning: look here'); app.synth();`);

    expect({ status, stderr }).toEqual({ status: 0, stderr: 'warning: look here\n' });
  });

  it('fails with the report alone and leaves the manifests untouched when a call is wrong', () => {
    const before = contents();

    const { status, stderr } = synth(`${SHOP} MeshPort.http(70000);`);

    expect(status).not.toBe(0);
    expect(stderr).toMatch(/^MESH0\d\d at /);
    expect(stderr).not.toMatch(/^ +at |cdk8s-cli|Node\.js/m);
    expect(contents()).toEqual(before);
  });

  it('fails with all findings in one report and leaves the manifests untouched', () => {
    const before = contents();

    const { status, stderr } = synth(
      `${SHOP} cart.calls(cart, { port: 1 }); cart.node.addValidation({ validate: () => ['first', 'second'] }); app.synth();`,
    );

    expect(status).not.toBe(0);
    expect(stderr).toMatch(/^error MESH203 at shop\/shop\/cart: .*\n( {2}.*\n)+error at shop\/shop\/cart: first\n.*second\n/);
    expect(stderr).not.toMatch(/^ +at |cdk8s-cli|Node\.js/m);
    expect(contents()).toEqual(before);
  });

  it('fails when the program writes no manifest', () => {
    const before = contents();

    expect(synth(SHOP).status).not.toBe(0);
    expect(contents()).toEqual(before);
  });

  it('runs the app that is named instead, and tells which there are', () => {
    const other = newProject();
    mkdirSync(path.join(other, 'apps/second'), { recursive: true });
    writeFileSync(path.join(other, 'apps/second/cdk8s.ts'), `${SHOP.replace("'shop')", "'second')")} app.synth();`);

    const unknown = synth('', other, 'first');
    expect({ status: unknown.status, stderr: unknown.stderr }).toEqual({ status: 1, stderr: 'There is no app first; there are second.\n' });
    expect(readdirSync(other)).not.toContain('manifests');

    expect(synth('', other, 'second').status).toBe(0);
    expect(readdirSync(path.join(other, 'manifests'))).toEqual(['access.md', 'mesh.json', 'second.k8s.yaml']);
  });

  it('leaves nothing beside the manifests', () => {
    expect(readdirSync(project).sort()).toEqual(['cdk8s.yaml', 'main.ts', 'manifests']);
  });
});

function synth(program: string, folder = project, ...app: string[]): { status: number | null; stdout: string; stderr: string } {
  writeFileSync(path.join(folder, 'main.ts'), program);
  return spawnSync(process.execPath, [SCRIPT, ...app], { cwd: folder, encoding: 'utf8' });
}

function contents(): Record<string, [string, number]> {
  const folder = path.join(project, 'manifests');
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, [readFileSync(path.join(folder, file), 'utf8'), statSync(path.join(folder, file)).mtimeMs]]),
  );
}
