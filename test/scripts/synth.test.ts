import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '../..');
const SCRIPT = path.join(ROOT, 'scripts/synth/synth.mjs');

jest.setTimeout(60_000);

// A project inside the repository, so that it finds the packages; git ignores the name.
let project: string;
beforeAll(() => {
  project = mkdtempSync(path.join(ROOT, '.manifests-test-'));
  writeFileSync(path.join(project, 'cdk8s.yaml'), 'language: typescript\napp: node --import tsx main.ts\noutput: manifests\n');
});
afterAll(() => rmSync(project, { recursive: true }));

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
    expect(stdout).toMatch(/^manifests\/mesh\.json: 1 cluster$/m);
    expect(JSON.parse(readFileSync(path.join(project, 'manifests/mesh.json'), 'utf8'))).toMatchObject({ version: 1, clusters: [{}] });
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

    const { status, stderr } = synth(`${SHOP} cart.node.addValidation({ validate: () => ['first', 'second'] }); app.synth();`);

    expect(status).not.toBe(0);
    expect(stderr).toMatch(/first\n.*second\n/);
    expect(stderr).not.toMatch(/^ +at |cdk8s-cli|Node\.js/m);
    expect(contents()).toEqual(before);
  });

  it('fails when the program writes no manifest', () => {
    const before = contents();

    expect(synth(SHOP).status).not.toBe(0);
    expect(contents()).toEqual(before);
  });

  it('leaves nothing beside the manifests', () => {
    expect(readdirSync(project).sort()).toEqual(['cdk8s.yaml', 'main.ts', 'manifests']);
  });
});

function synth(program: string): { status: number | null; stdout: string; stderr: string } {
  writeFileSync(path.join(project, 'main.ts'), program);
  return spawnSync(process.execPath, [SCRIPT], { cwd: project, encoding: 'utf8' });
}

function contents(): Record<string, [string, number]> {
  const folder = path.join(project, 'manifests');
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, [readFileSync(path.join(folder, file), 'utf8'), statSync(path.join(folder, file)).mtimeMs]]),
  );
}
